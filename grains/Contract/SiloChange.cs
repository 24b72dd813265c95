namespace Orchestrator.Grains.Contract;

/// <summary>A run that has changed.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-change")]
public sealed class SiloChange
{
    [Id(0)]
    public required string Run { get; init; }

    [Id(1)]
    public required string Tenant { get; init; }

    /// <summary>It is more than progress.</summary>
    [Id(2)]
    public bool Moved { get; init; }

    /// <summary>As it is now; null where it has been deleted.</summary>
    [Id(3)]
    public SiloRun? Now { get; init; }
}
