namespace Orchestrator.Grains.Contract;

/// <summary>What statistics are asked for. Times and lengths are milliseconds.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.counts-ask")]
public sealed class CountsAsk
{
    [Id(0)]
    public required string Tenant { get; init; }

    [Id(1)]
    public long From { get; init; }

    [Id(2)]
    public long To { get; init; }

    [Id(3)]
    public long Step { get; init; }

    /// <summary>1 all in one, 2 by model, 3 by leg, 4 by tenant.</summary>
    [Id(4)]
    public int Group { get; init; }

    /// <summary>The asker's time.</summary>
    [Id(5)]
    public long Now { get; init; }
}
