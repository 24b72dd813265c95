using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Hosting;

/// <summary>A run as it is at one sequence number: all that the run resource of <c>api.md</c> shows.</summary>
public sealed record RunView
{
    public required RunId Id { get; init; }

    /// <summary>The trace that its spans belong to: 32 hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    public required RunStatus Status { get; init; }

    public required RunSpec Spec { get; init; }

    public required RunInputs Inputs { get; init; }

    /// <summary>The sequence number of the last event that this view includes.</summary>
    public required long Seq { get; init; }

    /// <summary>Complete upstream events of the serving attempt.</summary>
    public required long EventOffset { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required Answer Output { get; init; }

    /// <summary>As the upstream told it, unless the output shows the text as the call that it was.</summary>
    public string? FinishReason { get => Output.ToolCallWasText ? FinishReasons.ToolCalls : field; init; }

    public TokenCounts? Usage { get; init; }

    /// <summary>So far; null where nothing is known of it.</summary>
    public RunCost? Cost { get; init; }

    public bool Incomplete { get; init; }

    public string? IncompleteReason { get; init; }

    public RunError? Error { get; init; }

    public IReadOnlyList<AttemptReport> Attempts { get; init; } = [];

    /// <summary>Null: it does not wait for a turn.</summary>
    public RunQueue? Queue { get; init; }

    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];
}
