namespace Orchestrator.Engine.Turns;

/// <summary>
/// Says when a request may go to a model, within the limits of the account: so that runs wait here instead of being refused there.
/// A turn is taken before its attempt is journaled. Nothing of it needs to survive a crash: whoever still waits asks again, and its age
/// puts it where it was. Thread-safe; times are Unix milliseconds.
/// </summary>
public interface ITurns
{
    /// <summary>A turn at once, where there is room and nobody waits; otherwise nothing is taken, and the answer says what there is to wait for.</summary>
    ValueTask<TurnAnswer> AskAsync(TurnRequest request);

    /// <summary>Stands in line: the oldest run first, tenants in rotation.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="leave">Leaves the line, unless the turn has come by then.</param>
    IPlaceInLine Enter(TurnRequest request, CancellationToken leave);
}
