namespace Orchestrator.Client;

/// <summary>The service lost the gateway's stream. Nothing is lost to the reader: see <see cref="AttemptReattached"/>.</summary>
public sealed record AttemptDetached : AttemptEvent
{
    /// <summary>Gateway events taken before the break.</summary>
    public long Offset { get; init; }

    public string? Reason { get; init; }
}
