namespace Orchestrator.Grains.Contract;

/// <summary>Who asks for a turn, and with which model.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.turn-ask")]
public sealed class TurnAsk
{
    /// <summary>Of the turn that is asked for, made by who asks: an ask that is repeated is the same one.</summary>
    [Id(0)]
    public required Guid Turn { get; init; }

    /// <summary>The silo that will hold it.</summary>
    [Id(1)]
    public required SiloAddress Holder { get; init; }

    [Id(2)]
    public required string Run { get; init; }

    [Id(3)]
    public required string Tenant { get; init; }

    [Id(4)]
    public required string Model { get; init; }

    [Id(5)]
    public required string Task { get; init; }

    /// <summary>The run's age; Unix milliseconds.</summary>
    [Id(6)]
    public required long CreatedAt { get; init; }
}
