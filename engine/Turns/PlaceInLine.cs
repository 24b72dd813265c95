namespace Orchestrator.Engine.Turns;

/// <summary>A run in the line of a model. Changed under the line's lock.</summary>
internal sealed class PlaceInLine(ModelLine line, TurnRequest request, long order) : IPlaceInLine
{
    private readonly TaskCompletionSource<ITurn?> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ITurn?> Turn => _turn.Task;

    public TurnRequest Request => request;

    /// <summary>The older run first; of two as old, the one that came first.</summary>
    public (long CreatedAt, long Order) Rank => (request.CreatedAt, order);

    public CancellationTokenRegistration Leaving { get; set; }

    public TurnWait Look() => line.Look(this);

    /// <summary>Its turn, or null: there will be none.</summary>
    public void Complete(ITurn? turn)
    {
        _turn.TrySetResult(turn);
        Leaving.Unregister();
    }

    public void Leave(CancellationToken token) => line.Leave(this, token);

    public void Cancel(CancellationToken token) => _turn.TrySetCanceled(token);
}
