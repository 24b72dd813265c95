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

    /// <summary>By model.</summary>
    public required IReadOnlyList<OpenCircuit> OpenCircuits { get; init; }

    /// <summary>Runs that this host works on, by what they are doing: the names of <see cref="Runs.RunPhase"/> in lower case.</summary>
    public required IReadOnlyDictionary<string, long> Phases { get; init; }

    /// <summary>When an upstream answered last: with an event, or with a refusal that was the request's own fault.</summary>
    public DateTimeOffset? LastAnswer { get; init; }

    public UpstreamTrouble? LastTrouble { get; init; }
}
