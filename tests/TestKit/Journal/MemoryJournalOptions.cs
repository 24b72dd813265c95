using Orchestrator.TestKit.Time;

namespace Orchestrator.TestKit.Journal;

/// <summary>How a <see cref="MemoryJournal"/> behaves; by default at once and without faults.</summary>
public sealed record MemoryJournalOptions
{
    /// <summary>For latencies; may be null without.</summary>
    public ManualClock? Clock { get; init; }

    /// <summary>Draws latencies, regroupings and what an unacknowledged commit comes to.</summary>
    public Random Random { get; init; } = new(1);

    /// <summary>The longest that an operation takes, in milliseconds; 0 completes each at once.</summary>
    public int MaxLatencyMs { get; init; }

    /// <summary>Reads give the entries in other batches than they were appended in, as the port allows.</summary>
    public bool Regroup { get; init; }

    /// <summary>Who looks for runs that nobody works on finds none.</summary>
    public bool HidesUnfinished { get; init; }
}
