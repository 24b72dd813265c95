namespace Orchestrator.Engine.Statistics;

/// <summary>What statistics are asked for. Times are Unix milliseconds.</summary>
/// <param name="Tenant">Of whose runs.</param>
/// <param name="From">The beginning.</param>
/// <param name="To">The end.</param>
/// <param name="Step">Milliseconds; the shortest that there is for that time where it is shorter.</param>
/// <param name="Group">By what.</param>
/// <param name="Now">The same for all hosts that are asked, so that their stretches are.</param>
public sealed record StatQuestion(string Tenant, long From, long To, long Step, StatGroup Group, long Now);
