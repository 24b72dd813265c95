namespace Orchestrator.Engine.Statistics;

/// <param name="From">The beginning of the first stretch; Unix milliseconds.</param>
/// <param name="Step">Milliseconds: that which was asked for, or the next longer one that there is.</param>
/// <param name="Series">By the number of runs, the most first.</param>
/// <param name="Total">Of them all.</param>
public sealed record StatReport(long From, long Step, IReadOnlyList<StatSeries> Series, Counts Total);
