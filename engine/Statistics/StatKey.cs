namespace Orchestrator.Engine.Statistics;

/// <summary>What is counted by itself.</summary>
internal readonly record struct StatKey(string Tenant, string Model, int Leg);
