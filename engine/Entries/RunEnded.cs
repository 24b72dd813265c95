using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Entries;

/// <summary>The last entry of every run.</summary>
public sealed record RunEnded
{
    public required RunStatus Status { get; init; }

    public string? FinishReason { get; init; }

    public TokenCounts? Usage { get; init; }

    /// <summary>By the prices that there were when it ended; null where nothing is known of it.</summary>
    public RunCost? Cost { get; init; }

    public bool Incomplete { get; init; }

    public string? IncompleteReason { get; init; }

    public RunError? Error { get; init; }

    /// <summary>The attempt tree as readers are shown it.</summary>
    public IReadOnlyList<AttemptReport> Attempts { get; init; } = [];
}
