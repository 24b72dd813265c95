namespace Orchestrator.Client;

/// <summary>The service lost the gateway's stream. Nothing is lost to the reader: see <see cref="AttemptReattached"/>.</summary>
public sealed record AttemptDetached : AttemptEvent
{
    /// <summary>Gateway events taken before the break.</summary>
    public long Offset { get; init; }

    /// <summary>Stable, for programs.</summary>
    public string? Reason { get; init; }

    /// <summary>For people.</summary>
    public string? Message { get; init; }
}
