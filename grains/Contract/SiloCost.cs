namespace Orchestrator.Grains.Contract;

/// <summary>What tokens cost, in US dollars.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-cost")]
public sealed class SiloCost
{
    [Id(0)]
    public decimal Amount { get; init; }

    [Id(1)]
    public decimal Wasted { get; init; }

    /// <summary>The date of the oldest price: days since the year 1.</summary>
    [Id(2)]
    public int AsOf { get; init; }

    [Id(3)]
    public bool Complete { get; init; }
}
