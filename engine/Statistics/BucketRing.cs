namespace Orchestrator.Engine.Statistics;

/// <summary>Stretches of equal length, of which the latest are kept; what nothing happened in takes no memory. Not thread-safe.</summary>
/// <param name="length">Of each, in milliseconds.</param>
/// <param name="kept">How many.</param>
internal sealed class BucketRing(long length, int kept)
{
    /// <summary>Model names come from callers: a key with little in it is to be small.</summary>
    private const int PageSize = 32;

    private readonly (long Number, Counts Counts)[]?[] _pages = new (long, Counts)[]?[(kept + PageSize - 1) / PageSize];

    public long Length => length;

    /// <summary>To count in; null where the time is long gone, and another has its place.</summary>
    public Counts? At(long time)
    {
        var number = time / length;
        var place = number % kept;
        var page = _pages[place / PageSize] ??= new (long, Counts)[PageSize];
        ref var bucket = ref page[place % PageSize];
        if (bucket.Counts is null || bucket.Number < number)
        {
            bucket = (number, new Counts());
        }

        return bucket.Number == number ? bucket.Counts : null;
    }

    /// <summary>What was counted in a stretch; null for nothing.</summary>
    public Counts? Find(long number)
    {
        var place = number % kept;
        return _pages[place / PageSize]?[place % PageSize] is { Counts: { } counts } bucket && bucket.Number == number ? counts : null;
    }
}
