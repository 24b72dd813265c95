namespace Orchestrator.Grains.Contract;

/// <summary>What a silo tells of itself.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-facts")]
public sealed class SiloFacts
{
    /// <summary>Tells it, since this start, from all others: what the rows of the directory say that it ended.</summary>
    [Id(0)]
    public long Log { get; init; }

    /// <summary>Of the program.</summary>
    [Id(1)]
    public required string Version { get; init; }

    /// <summary>The runs that it works on.</summary>
    [Id(2)]
    public long ActiveRuns { get; init; }
}
