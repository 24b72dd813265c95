using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Simulation.Tests.Runs;

/// <summary>One run that a simulation submits, and all that is known beforehand of how it should come out.</summary>
internal sealed class SimulatedRun
{
    public required int Index { get; init; }

    public required Submission Submission { get; init; }

    /// <summary>What every model answers to its input, however it cuts it up.</summary>
    public required string FullText { get; init; }

    /// <summary>The whole answer is one tool call with these arguments; null where it is text.</summary>
    public string? ToolArguments { get; init; }

    public required ScenarioKind Kind { get; init; }

    /// <summary>Draws what becomes of its dispatches.</summary>
    public required int Seed { get; init; }

    public KillPoint Kills { get; init; }

    /// <summary>How often it still takes its host down.</summary>
    public int KillsLeft { get; set; }

    /// <summary>Its dispatches so far.</summary>
    public int Dispatched { get; set; }

    /// <summary>Where it has been seen in the journal. More than one where it was submitted without a key and the answer was lost.</summary>
    public List<RunId> Ids { get; } = [];

    public RunSpec Spec => Submission.Spec;
}
