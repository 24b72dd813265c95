namespace Orchestrator.Bench.Journals;

/// <summary>What a journal alone is to do. Read by the child process as one line of JSON.</summary>
internal sealed record JournalSpec
{
    /// <summary>Where the journal is kept.</summary>
    public required string Directory { get; init; }

    /// <summary>Writers, each with a run of its own.</summary>
    public required int Runs { get; init; }

    public required int EventBytes { get; init; }

    /// <summary>Events of an append where <see cref="Rate"/> is 0.</summary>
    public required int BatchEvents { get; init; }

    /// <summary>Events per second and run, each appended when it is due; 0: appends follow one another.</summary>
    public double Rate { get; init; }

    /// <summary>Before the window.</summary>
    public required double WarmSeconds { get; init; }

    public required double WindowSeconds { get; init; }
}
