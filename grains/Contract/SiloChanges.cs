namespace Orchestrator.Grains.Contract;

/// <summary>What has changed at a silo.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-changes")]
public sealed class SiloChanges
{
    [Id(0)]
    public long Log { get; init; }

    /// <summary>The number of the last change that there is.</summary>
    [Id(1)]
    public long Number { get; init; }

    /// <summary>There may have been more since the place than is told.</summary>
    [Id(2)]
    public bool IsGap { get; init; }

    /// <summary>Each run once, in the order of their last changes.</summary>
    [Id(3)]
    public required SiloChange[] Changes { get; init; }
}
