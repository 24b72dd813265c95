using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Load;

/// <summary>What a load client saw. Times are milliseconds, instants timestamps of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
internal sealed record LoadReport
{
    public int Started { get; init; }

    public int Completed { get; init; }

    /// <summary>What went wrong, a few of each.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    public int FailureCount { get; init; }

    public double WindowSeconds { get; init; }

    /// <summary>Received in the window.</summary>
    public long Events { get; init; }

    public long Bytes { get; init; }

    public double EventsPerSecond => Events / WindowSeconds;

    /// <summary>The fewest and the most events that a client got, over the whole load.</summary>
    public long FewestEvents { get; init; }

    public long MostEvents { get; init; }

    /// <summary>From when an event was due to its arrival, for the events that arrived in the window.</summary>
    public Quantiles? Lag { get; init; }

    /// <summary>From a client's request to its first event.</summary>
    public Quantiles? First { get; init; }

    /// <summary>Over the events of one run with many readers: from the first reader's arrival to the last's.</summary>
    public Quantiles? Spread { get; init; }

    /// <summary>The same, from when the event was due to the last reader's arrival.</summary>
    public Quantiles? Last { get; init; }

    /// <summary>For each client that came back: the first new event after that.</summary>
    public IReadOnlyList<long> ResumedAt { get; init; } = [];

    /// <summary>CPU seconds in the window, by process; the load client's own is <c>load</c>.</summary>
    public IReadOnlyDictionary<string, double> Cpu { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}
