namespace Orchestrator.Grains.Contract;

/// <summary>What a silo tells of the turns that it holds.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.turn-report")]
public sealed class TurnReport
{
    [Id(0)]
    public required SiloAddress Holder { get; init; }

    /// <summary>What changed since the last report that was answered.</summary>
    [Id(1)]
    public required HeldTurn[] Changed { get; init; }

    /// <summary>All that are open. What the holder does not know of, it was never told: nothing was sent.</summary>
    [Id(2)]
    public required Guid[] Open { get; init; }
}
