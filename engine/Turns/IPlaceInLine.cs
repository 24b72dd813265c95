namespace Orchestrator.Engine.Turns;

/// <summary>A run that waits for its turn.</summary>
public interface IPlaceInLine
{
    /// <summary>
    /// Completes when the turn comes, which is then the caller's to close; with null when it will not come (<see cref="TurnWait.IsFinal"/>);
    /// cancelled when the caller left the line.
    /// </summary>
    Task<ITurn?> Turn { get; }

    /// <summary>What it waits for, as things stand.</summary>
    TurnWait Look();
}
