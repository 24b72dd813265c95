namespace Orchestrator.Engine.Statistics;

/// <summary>Durations by their size, from a millisecond to an hour, each class a quarter longer than the one before. Not thread-safe.</summary>
internal sealed class Latencies
{
    private const double Factor = 1.25;
    private const int Classes = 69;

    private readonly int[] _counts = new int[Classes];

    public int Count { get; private set; }

    public void Add(long milliseconds)
    {
        _counts[ClassOf(milliseconds)]++;
        Count++;
    }

    /// <summary>By class, as <see cref="Add(IReadOnlyList{int})"/> takes them.</summary>
    public IReadOnlyList<int> Classified => _counts;

    public void Add(IReadOnlyList<int> classified)
    {
        for (var i = 0; i < Math.Min(Classes, classified.Count); i++)
        {
            _counts[i] += classified[i];
            Count += classified[i];
        }
    }

    public void Add(Latencies other)
    {
        for (var i = 0; i < Classes; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>In seconds, right to an eighth; null where there is nothing.</summary>
    /// <param name="share">In (0, 1].</param>
    public double? Quantile(double share)
    {
        if (Count == 0)
        {
            return null;
        }

        var left = (int)Math.Ceiling(share * Count);
        for (var i = 0; i < Classes; i++)
        {
            left -= _counts[i];
            if (left <= 0)
            {
                // The middle of the class, on its own scale.
                return Math.Round(Math.Pow(Factor, i - 0.5) / 1000d, 4);
            }
        }

        return null;
    }

    private static int ClassOf(long milliseconds) =>
        milliseconds <= 1 ? 0 : Math.Min(Classes - 1, (int)Math.Ceiling(Math.Log(milliseconds) / Math.Log(Factor)));
}
