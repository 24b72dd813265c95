namespace Orchestrator.Grains.Contract;

/// <summary>What has changed at a silo.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-changes")]
public sealed class SiloChanges
{
    [Id(0)]
    public long Log { get; init; }

    /// <summary>The number of the last change that there is; where it is cut, of the last one that is told.</summary>
    [Id(1)]
    public long Number { get; init; }

    /// <summary>There may have been more since the place than is told.</summary>
    [Id(2)]
    public bool IsGap { get; init; }

    /// <summary>Each run once, in the order of their last changes.</summary>
    [Id(3)]
    public required SiloChange[] Changes { get; init; }

    /// <summary>There are more, for the next question.</summary>
    [Id(4)]
    public bool IsCut { get; init; }
}
