using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Execution;

/// <summary>The run's turn with the model of its attempt: asked for before the attempt is journaled, waited for where it has not come.</summary>
/// <param name="taken">Of a new run: taken for its first attempt, which is journaled with the submission.</param>
internal sealed class RunTurn(
    RunId run, RunState state, RunRecorder recorder, RunInterrupts interrupts, RunServices services, SubmissionSource submission, ITurn? taken)
{
    private ITurn? _turn = taken;
    private int _attempt = taken is null ? 0 : 1;
    private volatile IPlaceInLine? _place;

    /// <summary>What the run waits for at this moment; null where it does not. May be read by anybody.</summary>
    public TurnWait? Waits => _place?.Look();

    /// <summary>Null: it is the run's turn.</summary>
    public async ValueTask<ConnectionEnd?> AskAsync(Step.Dispatch step)
    {
        Close();
        var model = state.Spec.ModelOf(step.Leg);
        var request = Request(run, state.Tenant, state.Spec, model, state.CreatedAt);
        var answer = await services.Turns.AskAsync(request);
        if (answer.Turn is null && await WaitAsync(step, model, request, answer.Wait!) is { } end)
        {
            return end;
        }

        _turn ??= answer.Turn;
        _attempt = step.Attempt;
        return null;
    }

    public static TurnRequest Request(RunId run, string tenant, RunSpec spec, string model, long createdAt) =>
        new(run, tenant, model, spec.Task, createdAt);

    /// <summary>The request was answered, at its headers.</summary>
    public void Answered(GatewayError? refusal) => _turn?.Answered(refusal);

    /// <summary>The attempt is over, or this host lets go of it. One that was never journaled was never sent.</summary>
    public void Close()
    {
        if (state.Current is { } attempt && attempt.Number == _attempt)
        {
            _turn?.Close(attempt.Used);
        }
        else
        {
            _turn?.GiveBack();
        }

        _turn = null;
    }

    private async Task<ConnectionEnd?> WaitAsync(Step.Dispatch step, string model, TurnRequest request, TurnWait wait)
    {
        var now = services.Now();
        if (state.QueuedAt is null || state.LastQueued!.Leg != step.Leg || state.LastQueued.Limit != wait.Limit)
        {
            services.Log.Queued(run, model, wait.Limit);
            recorder.Pending.Add(now, RunQueued.Of(step.Leg, model, wait));
            await recorder.CommitAsync(null, interrupts.Stopping);
        }

        var hasNextLeg = step.Leg + 1 < state.Spec.LegCount;
        if (wait.IsFinal || (hasNextLeg && wait.ExpectedAt - now > state.Spec.Retry.MaxDelayMs))
        {
            return new ConnectionEnd.NoTurn(step, Errors.NoTurn(wait));
        }

        // The line may be long: what the request carries is read again when its turn has come.
        submission.Forget();
        var left = state.CreatedAt + state.Spec.Timeouts.TotalMs - services.Now();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(1, left)), services.Clock);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, interrupts.Soon);
        var place = services.Turns.Enter(request, leave.Token);
        _place = place;
        try
        {
            _turn = await place.Turn;
            return _turn is null ? new ConnectionEnd.NoTurn(step, Errors.NoTurn(place.Look())) : null;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !interrupts.Soon.IsCancellationRequested)
        {
            // The next decision ends the run.
            return ConnectionEnd.Told.Instance;
        }
        finally
        {
            _place = null;
        }
    }
}
