namespace Orchestrator.Simulation.Tests.Runs;

/// <summary>How much may go wrong, and so how much may be asked of the outcome.</summary>
internal enum ScenarioKind
{
    /// <summary>Upstreams and hosts are well; the journal may be out of reach for a while. Every run completes with one dispatch.</summary>
    Calm = 0,

    /// <summary>Connections break and hosts die, but everything can be taken up again: every run completes, whole.</summary>
    Recoverable = 1,

    /// <summary>Anything.</summary>
    Wild = 2,
}
