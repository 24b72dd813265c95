namespace Orchestrator.Engine.Statistics;

/// <summary>All that is counted of one key, at several lengths of time. Not thread-safe.</summary>
internal sealed class KeyStatistics
{
    private const long Second = 1000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    /// <summary>The lengths, and how many of each: two hours by ten seconds, a day by the minute, 31 days by the hour.</summary>
    public static readonly IReadOnlyList<(long Length, int Kept)> Levels = [(10 * Second, 720), (Minute, 1500), (Hour, 31 * 24 + 1)];

    private readonly BucketRing[] _rings = [.. Levels.Select(static level => new BucketRing(level.Length, level.Kept))];

    /// <summary>Runs that have been submitted and have not ended.</summary>
    public long Active { get; set; }

    /// <summary>Of these, runs that wait for their turn or for their next attempt.</summary>
    public long Queued { get; set; }

    public BucketRing Ring(int level) => _rings[level];

    /// <param name="time">Unix milliseconds.</param>
    /// <param name="what">Given to <paramref name="count"/>, which then needs nothing else and is not allocated for each.</param>
    /// <param name="count">Called once for every length.</param>
    public void Count<T>(long time, T what, Action<Counts, T> count)
    {
        foreach (var ring in _rings)
        {
            if (ring.At(time) is { } counts)
            {
                count(counts, what);
            }
        }
    }
}
