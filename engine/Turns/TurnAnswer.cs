namespace Orchestrator.Engine.Turns;

/// <summary>One of the two is null.</summary>
/// <param name="Turn">It is the caller's turn.</param>
/// <param name="Wait">It is not yet.</param>
public readonly record struct TurnAnswer(ITurn? Turn, TurnWait? Wait);
