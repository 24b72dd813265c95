using Orchestrator.Engine.Turns;

namespace Orchestrator.Engine.Entries;

/// <summary>The run waits for its turn with a model. Journaled where it has to wait, and only then.</summary>
public sealed record RunQueued
{
    public required int Leg { get; init; }

    public required string Model { get; init; }

    /// <summary>One of <see cref="TurnLimits"/>.</summary>
    public required string Limit { get; init; }

    /// <summary>The same for people.</summary>
    public required string Message { get; init; }

    /// <summary>When the turn should come, as it looked then; Unix milliseconds, null where it could not be told.</summary>
    public long? ExpectedAt { get; init; }

    public static RunQueued Of(int leg, string model, TurnWait wait) =>
        new() { Leg = leg, Model = model, Limit = wait.Limit, Message = wait.Message, ExpectedAt = wait.ExpectedAt };
}
