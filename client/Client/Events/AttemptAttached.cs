namespace Orchestrator.Client;

/// <summary>The gateway answered the dispatch and the attempt reads its stream.</summary>
public sealed record AttemptAttached : AttemptEvent
{
    public string? GatewayRunId { get; init; }

    public string? GatewayLogId { get; init; }

    /// <summary><c>HIT</c> or <c>MISS</c>; null where the gateway does not say.</summary>
    public string? CacheStatus { get; init; }

    /// <summary>Whether a break of this attempt can be resumed at the gateway.</summary>
    public bool Resumable { get; init; }

    /// <summary>Where the gateway itself fell back: the leg that serves; null for the attempt's own.</summary>
    public int? Leg { get; init; }

    /// <summary>The model of that leg.</summary>
    public string? Model { get; init; }
}
