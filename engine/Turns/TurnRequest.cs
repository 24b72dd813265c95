using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Turns;

/// <summary>Who asks for a turn, and with which model.</summary>
/// <param name="Run">The run.</param>
/// <param name="Tenant">Tenants take turns with each other, however many runs one of them has.</param>
/// <param name="Model">Of the leg.</param>
/// <param name="Task">The run's.</param>
/// <param name="CreatedAt">The run's age: the older goes first. Unix milliseconds.</param>
public sealed record TurnRequest(RunId Run, string Tenant, string Model, string Task, long CreatedAt);
