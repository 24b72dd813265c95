namespace Orchestrator.Engine.Telemetry;

/// <summary>A model whose dispatches are refused.</summary>
/// <param name="Model">As callers write it.</param>
/// <param name="OpenedAt">Last: a probe that fails opens it anew. After <see cref="Resilience.ResilienceOptions.CircuitBreak"/> the next dispatch is a probe.</param>
public sealed record OpenCircuit(string Model, DateTimeOffset OpenedAt);
