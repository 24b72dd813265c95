namespace Orchestrator.Simulation.Tests;

/// <summary>What became of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Failures">What did not hold.</param>
/// <param name="Log">The trace, where one was asked for.</param>
/// <param name="Waits">Runs that waited for their turn.</param>
internal sealed record Outcome(int Seed, IReadOnlyList<string> Failures, IReadOnlyList<string> Log, int Waits);
