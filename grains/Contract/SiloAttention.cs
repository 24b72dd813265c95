namespace Orchestrator.Grains.Contract;

/// <summary>A run that somebody should look at.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-attention")]
public sealed class SiloAttention
{
    [Id(0)]
    public required SiloRun Run { get; init; }

    [Id(1)]
    public required string Why { get; init; }

    /// <summary>Unix milliseconds.</summary>
    [Id(2)]
    public long Since { get; init; }
}
