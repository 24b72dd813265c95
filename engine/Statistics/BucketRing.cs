namespace Orchestrator.Engine.Statistics;

/// <summary>Stretches of equal length, of which the latest are kept. Not thread-safe.</summary>
/// <param name="length">Of each, in milliseconds.</param>
/// <param name="kept">How many.</param>
internal sealed class BucketRing(long length, int kept)
{
    private readonly (long Number, Counts Counts)[] _buckets = new (long, Counts)[kept];

    public long Length => length;

    /// <summary>To count in; null where the time is long gone, and another has its place.</summary>
    public Counts? At(long time)
    {
        var number = time / length;
        ref var bucket = ref _buckets[number % kept];
        if (bucket.Counts is null || bucket.Number < number)
        {
            bucket = (number, new Counts());
        }

        return bucket.Number == number ? bucket.Counts : null;
    }

    /// <summary>What was counted in a stretch; null for nothing.</summary>
    public Counts? Find(long number) => _buckets[number % kept] is { Counts: { } counts } bucket && bucket.Number == number ? counts : null;
}
