namespace Orchestrator.Journals;

/// <summary>How the log is kept, whatever the store. The defaults are measured; change them to measure again.</summary>
public sealed record JournalOptions
{
    private const long MaxSegmentBytes = 1L << 30;

    /// <summary>A segment of the log is rolled, and compacted, once it has so many bytes.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>A commit's block takes no more appends once it has so many bytes; one append can make it larger.</summary>
    public int BlockBytes { get; init; } = 256 << 10;

    /// <summary>A chunk of a run's file takes no more appends once it has so many bytes.</summary>
    public int ChunkBytes { get; init; } = 256 << 10;

    /// <summary>
    /// While commits carry many appends each, they begin at least this far apart, so that the next one gathers more. A commit after a
    /// quiet time begins at once.
    /// </summary>
    public TimeSpan GatherDelay { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How often left-over segments and deleted entries are looked after.</summary>
    public TimeSpan HousekeepingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A sealed segment that its writer has not compacted for so long is compacted here.</summary>
    public TimeSpan AdoptAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Another writer's open segment that has not grown for so long is sealed and compacted here. A live writer goes on in a new one.</summary>
    public TimeSpan SealIdleAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>While commits fail, the storage is tried this often.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal static JournalOptions Validate(JournalOptions options)
    {
        if (options.SegmentBytes is < 1 or > MaxSegmentBytes || options.BlockBytes < 1 || options.ChunkBytes < 1)
        {
            throw new ArgumentException("SegmentBytes, BlockBytes and ChunkBytes must be at least 1, SegmentBytes at most 1 GiB.", nameof(options));
        }

        if (options.HousekeepingInterval <= TimeSpan.Zero || options.ProbeInterval <= TimeSpan.Zero)
        {
            throw new ArgumentException("HousekeepingInterval and ProbeInterval must be longer than nothing.", nameof(options));
        }

        return options.GatherDelay < TimeSpan.Zero || options.AdoptAfter < TimeSpan.Zero || options.SealIdleAfter < TimeSpan.Zero
            ? throw new ArgumentException("GatherDelay, AdoptAfter and SealIdleAfter must not be negative.", nameof(options))
            : options;
    }
}
