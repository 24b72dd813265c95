namespace Orchestrator.Simulation.Tests;

/// <summary>What became of one seed.</summary>
internal sealed record Outcome(int Seed, IReadOnlyList<string> Failures, IReadOnlyList<string> Log);
