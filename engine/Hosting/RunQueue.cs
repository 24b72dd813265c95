using Orchestrator.Engine.Turns;

namespace Orchestrator.Engine.Hosting;

/// <summary>What a run waits for before its next request may go out.</summary>
public sealed record RunQueue
{
    /// <summary>One of <see cref="TurnLimits"/>.</summary>
    public required string Limit { get; init; }

    /// <summary>The same for people.</summary>
    public required string Message { get; init; }

    public required int Leg { get; init; }

    public required string Model { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Null where it can not be told.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>How many requests go first; null where no host works on the run.</summary>
    public int? Ahead { get; init; }
}
