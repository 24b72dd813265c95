namespace Orchestrator.Engine.Statistics;

/// <param name="Key">The model, leg or tenant; null where they are all one.</param>
/// <param name="Points">One for each stretch of time.</param>
/// <param name="Total">Of them all.</param>
public sealed record StatSeries(string? Key, IReadOnlyList<Counts> Points, Counts Total)
{
    internal static StatSeries Of(string? key, IReadOnlyList<Counts> points)
    {
        var total = new Counts { Active = points[^1].Active, Queued = points[^1].Queued };
        foreach (var point in points)
        {
            total.Add(point);
        }

        return new StatSeries(key, points, total);
    }

    /// <summary>Of the same key, with equally many points.</summary>
    internal static StatSeries Sum(IReadOnlyList<StatSeries> all)
    {
        var points = all[0].Points.Select(static point => new Counts { Active = point.Active is null ? null : 0, Queued = point.Queued is null ? null : 0 }).ToList();
        foreach (var series in all)
        {
            for (var i = 0; i < points.Count; i++)
            {
                points[i].AddAll(series.Points[i]);
            }
        }

        return Of(all[0].Key, points);
    }
}
