namespace Orchestrator.Engine.Turns;

/// <summary>What a run waits for.</summary>
/// <param name="Limit">One of <see cref="TurnLimits"/>.</param>
/// <param name="Message">The same for people.</param>
/// <param name="ExpectedAt">When the turn should come, as things stand; Unix milliseconds, null where it can not be told.</param>
/// <param name="Ahead">How many go first.</param>
/// <param name="IsFinal">Waiting is not wanted: the request is refused.</param>
public sealed record TurnWait(string Limit, string Message, long? ExpectedAt, int Ahead, bool IsFinal = false);
