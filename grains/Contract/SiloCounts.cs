namespace Orchestrator.Grains.Contract;

/// <summary>What a silo's runs did, and which of them need a look.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-counts")]
public sealed class SiloCounts
{
    /// <summary>The beginning of the first stretch.</summary>
    [Id(0)]
    public long From { get; init; }

    /// <summary>The length of a stretch.</summary>
    [Id(1)]
    public long Step { get; init; }

    [Id(2)]
    public required SiloSeries[] Series { get; init; }

    [Id(3)]
    public required SiloAttention[] Attention { get; init; }
}
