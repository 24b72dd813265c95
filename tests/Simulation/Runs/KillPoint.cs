namespace Orchestrator.Simulation.Tests.Runs;

/// <summary>Where a run takes its host down.</summary>
internal enum KillPoint
{
    None = 0,
    Dispatch = 1,
    Resume = 2,
}
