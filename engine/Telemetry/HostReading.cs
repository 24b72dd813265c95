namespace Orchestrator.Engine.Telemetry;

/// <summary>How this process fares; rates and shares over the last minute, or since its start.</summary>
public sealed record HostReading
{
    public required double CommitsPerSecond { get; init; }

    /// <summary>Seconds; null where nothing was committed.</summary>
    public required double? CommitP50 { get; init; }

    public required double? CommitP99 { get; init; }

    /// <summary>Upstream events journaled.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Models whose dispatches are refused at present.</summary>
    public required IReadOnlyList<string> OpenCircuits { get; init; }

    /// <summary>Runs that this host works on, by what they are doing: the names of <see cref="Runs.RunPhase"/> in lower case.</summary>
    public required IReadOnlyDictionary<string, long> Phases { get; init; }

    /// <summary>When the last event came from an upstream.</summary>
    public DateTimeOffset? LastEvent { get; init; }

    public UpstreamTrouble? LastTrouble { get; init; }
}
