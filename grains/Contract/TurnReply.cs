namespace Orchestrator.Grains.Contract;

/// <summary>A turn, or what there is to wait for.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.turn-reply")]
public sealed class TurnReply
{
    /// <summary>When the turn was taken; Unix milliseconds. 0: it has not come.</summary>
    [Id(0)]
    public long TakenAt { get; init; }

    /// <summary>What is waited for; null with a turn.</summary>
    [Id(1)]
    public string? Limit { get; init; }

    [Id(2)]
    public string? Message { get; init; }

    /// <summary>Unix milliseconds; null where it can not be told.</summary>
    [Id(3)]
    public long? ExpectedAt { get; init; }

    [Id(4)]
    public int Ahead { get; init; }

    /// <summary>It will not come.</summary>
    [Id(5)]
    public bool IsFinal { get; init; }
}
