namespace Orchestrator.Engine.Statistics;

/// <summary>What one host answers to who asks all of them.</summary>
/// <param name="Report">Of the runs that it worked on.</param>
/// <param name="Attention">Those that somebody should look at, the longest in trouble first.</param>
internal sealed record HostOverview(StatReport Report, IReadOnlyList<RunAttention> Attention);
