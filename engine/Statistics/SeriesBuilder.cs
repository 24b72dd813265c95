namespace Orchestrator.Engine.Statistics;

/// <summary>Adds keys up to a series.</summary>
/// <param name="first">The beginning of the first stretch; Unix milliseconds.</param>
/// <param name="step">Its length, in milliseconds.</param>
/// <param name="count">How many.</param>
internal sealed class SeriesBuilder(long first, long step, int count)
{
    private readonly Counts[] _points = [.. Enumerable.Range(0, count).Select(static _ => new Counts())];
    private long _active;
    private long _queued;

    public void Add(KeyStatistics key, int level, long now)
    {
        var ring = key.Ring(level);
        var end = first + (step * count);
        for (var time = first; time <= now; time += ring.Length)
        {
            if (ring.Find(time / ring.Length) is not { } counts)
            {
                continue;
            }

            if (time < end)
            {
                _points[(time - first) / step].Add(counts);
            }
            else
            {
                // Beyond the last stretch: only to know how many were there at its end.
                _active -= counts.Submitted - counts.Ended;
                _queued -= counts.QueuedMore;
            }
        }

        _active += key.Active;
        _queued += key.Queued;
    }

    /// <param name="name">Of the series.</param>
    /// <param name="knowsActive">Whether its runs end where they were submitted.</param>
    public StatSeries Build(string? name, bool knowsActive)
    {
        var (active, queued) = (_active, _queued);
        for (var i = _points.Length - 1; i >= 0; i--)
        {
            var point = _points[i];
            point.Active = knowsActive ? Math.Max(0, active) : null;
            point.Queued = knowsActive ? Math.Max(0, queued) : null;
            active -= point.Submitted - point.Ended;
            queued -= point.QueuedMore;
        }

        return StatSeries.Of(name, _points);
    }
}
