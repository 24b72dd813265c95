namespace Orchestrator.Client;

/// <summary>The service reads the gateway's stream again, from where it broke.</summary>
public sealed record AttemptReattached : AttemptEvent
{
    /// <summary>Gateway events taken before the break.</summary>
    public long Offset { get; init; }

    /// <summary>How long the stream was gone, in milliseconds.</summary>
    public long GapMs { get; init; }
}
