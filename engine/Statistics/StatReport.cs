namespace Orchestrator.Engine.Statistics;

/// <param name="From">The beginning of the first stretch; Unix milliseconds.</param>
/// <param name="Step">Milliseconds: that which was asked for, or the next longer one that there is.</param>
/// <param name="Series">By the number of runs, the most first.</param>
/// <param name="Total">Of them all.</param>
public sealed record StatReport(long From, long Step, IReadOnlyList<StatSeries> Series, Counts Total)
{
    internal static StatReport Of(long from, long step, IEnumerable<StatSeries> series)
    {
        var all = series.OrderByDescending(static one => one.Total.Submitted).ThenBy(static one => one.Key, StringComparer.Ordinal).ToList();
        var total = new Counts { Active = 0, Queued = 0 };
        foreach (var one in all)
        {
            total.AddAll(one.Total);
        }

        return new StatReport(from, step, all, total);
    }

    /// <summary>What several hosts tell of the same stretches.</summary>
    internal static StatReport Sum(IReadOnlyList<StatReport> reports)
    {
        if (reports is [var only])
        {
            return only;
        }

        var series = reports.SelectMany(static report => report.Series).GroupBy(static series => series.Key ?? "", StringComparer.Ordinal)
            .Select(static same => StatSeries.Sum([.. same]));
        return Of(reports[0].From, reports[0].Step, series);
    }
}
