namespace Orchestrator.Grains.Contract;

/// <summary>A turn as its holder knows it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.held-turn")]
public sealed class HeldTurn
{
    [Id(0)]
    public required TurnAsk Ask { get; init; }

    /// <summary>Unix milliseconds.</summary>
    [Id(1)]
    public long TakenAt { get; init; }

    /// <summary>Unix milliseconds; 0 where there is no answer yet.</summary>
    [Id(2)]
    public long AnsweredAt { get; init; }

    /// <summary>The code of the refusal; null where the request was not refused.</summary>
    [Id(3)]
    public string? Refusal { get; init; }

    [Id(4)]
    public string? UpstreamCode { get; init; }

    [Id(5)]
    public TimeSpan? RetryAfter { get; init; }

    [Id(6)]
    public TurnOutcome Outcome { get; init; }

    /// <summary>Tokens, where they are known.</summary>
    [Id(7)]
    public long? InputTokens { get; init; }

    [Id(8)]
    public long? OutputTokens { get; init; }
}
