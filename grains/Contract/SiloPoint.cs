namespace Orchestrator.Grains.Contract;

/// <summary>What happened in a stretch of time.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-point")]
public sealed class SiloPoint
{
    [Id(0)]
    public long Submitted { get; init; }

    [Id(1)]
    public long Completed { get; init; }

    [Id(2)]
    public long Failed { get; init; }

    [Id(3)]
    public long Cancelled { get; init; }

    [Id(4)]
    public long Events { get; init; }

    [Id(5)]
    public long InputTokens { get; init; }

    [Id(6)]
    public long OutputTokens { get; init; }

    [Id(7)]
    public long Reattaches { get; init; }

    [Id(8)]
    public long Fallbacks { get; init; }

    /// <summary>Of the runs that ended; null where no cost is known.</summary>
    [Id(9)]
    public SiloCost? Cost { get; init; }

    /// <summary>False where the cost of some is not known.</summary>
    [Id(10)]
    public bool IsCostComplete { get; init; }

    /// <summary>At the end of the stretch.</summary>
    [Id(11)]
    public long? Active { get; init; }

    /// <summary>At the end of the stretch.</summary>
    [Id(12)]
    public long? Queued { get; init; }

    /// <summary>How often first outputs took how long, class by class; null where none came.</summary>
    [Id(13)]
    public int[]? FirstEvents { get; init; }
}
