namespace Orchestrator.Grains.Contract;

/// <summary>One model's, leg's or tenant's counts.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-series")]
public sealed class SiloSeries
{
    /// <summary>Null where they are all one.</summary>
    [Id(0)]
    public string? Key { get; init; }

    /// <summary>One for each stretch.</summary>
    [Id(1)]
    public required SiloPoint[] Points { get; init; }
}
