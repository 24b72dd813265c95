using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Money;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// The run's loop: decide, carry out, journal, fold, ask again. A new run, a run after a crash and a run that was handed over all
/// start here, with the journal they have.
/// </summary>
internal sealed class RunExecutor(
    RunId run,
    RunState state,
    RunRecorder recorder,
    RunConnections connections,
    RunSecrets secrets,
    StructuredOutput structured,
    AnswerFinish finish,
    RunInterrupts interrupts,
    RunServices services)
{
    private static readonly TimeSpan ReadRetry = TimeSpan.FromMilliseconds(500);

    /// <param name="end">For a run that is taken up: what became of the connection that its last host had.</param>
    /// <param name="first">For a new run: the step whose entry was journaled with the submission.</param>
    /// <exception cref="OperationCanceledException">The host stops. The run is as the journal has it.</exception>
    /// <exception cref="OwnershipLostException">Another host has the run.</exception>
    public async Task RunAsync(ConnectionEnd? end, Step? first)
    {
        var unreadable = false;
        while (true)
        {
            try
            {
                if (unreadable)
                {
                    unreadable = false;
                    await Task.Delay(ReadRetry, services.Clock, interrupts.Soon);
                }

                var step = first ?? RunDecisions.Decide(state, new DecisionInput(services.Now(), end, interrupts.CancelRequested));
                step = await secrets.TakeOutOfAsync(await structured.HoldAsync(step));
                first = null;
                end = null;
                switch (step)
                {
                    case Step.Dispatch dispatch:
                        end = await connections.DispatchAsync(dispatch);
                        break;
                    case Step.Reattach:
                        end = await connections.ReattachAsync();
                        break;
                    case Step.Wait wait:
                        await WaitAsync(wait.Until);
                        break;
                    case Step.Detach detach:
                        await DetachAsync(detach);
                        break;
                    case Step.Fail fail:
                        await FailAsync(fail);
                        break;
                    case Step.End last:
                        await EndAsync(last);
                        break;
                    default:
                        return;
                }
            }
            catch (OperationCanceledException cancelled) when (interrupts.CancelRequested && cancelled.CancellationToken != interrupts.Stopping)
            {
                // Asked for: the next decision ends the run. Not so where the stop broke off a commit: what became of that is not known,
                // and nothing else may follow it.
            }
            catch (JournalUnavailableException unavailable)
            {
                // What a step reads it reads before it does or writes anything: it can be decided on again.
                services.Log.JournalUnavailable(run, unavailable.Message);
                unreadable = true;
            }
        }
    }

    private Task WaitAsync(long until)
    {
        var deadline = state.CreatedAt + state.Spec.Timeouts.TotalMs;
        var wait = Math.Max(1, Math.Min(until, deadline) - services.Now());
        return Task.Delay(TimeSpan.FromMilliseconds(wait), services.Clock, interrupts.Soon);
    }

    private ValueTask DetachAsync(Step.Detach step)
    {
        var attempt = state.Current!;
        services.Log.Detached(run, attempt.Number, attempt.Events, step.Reason);
        recorder.Pending.Add(services.Now(), new AttemptDetached
        {
            Attempt = attempt.Number,
            Offset = attempt.Events,
            Reason = step.Reason,
            Message = step.Message,
            RetryAfterMs = step.RetryAfterMs,
            Jitter = services.Jitter.Next(),
        });
        return recorder.CommitAsync(null, interrupts.Stopping);
    }

    private ValueTask FailAsync(Step.Fail step)
    {
        var attempt = state.Current!;
        services.Log.AttemptFailed(run, attempt.Number, step.Error.Code);
        recorder.Pending.Add(services.Now(), new AttemptFailed
        {
            Attempt = attempt.Number,
            Error = step.Error,
            HostLost = step.HostLost,
            Jitter = services.Jitter.Next(),
        });
        return recorder.CommitAsync(null, interrupts.Stopping);
    }

    private async ValueTask EndAsync(Step.End step)
    {
        var reason = await finish.OfAsync(step);
        var now = services.Now();
        var entry = new RunEnded
        {
            Status = step.Status,
            FinishReason = reason,
            Usage = RunReports.Usage(state),
            Cost = RunCosts.Of(state, services.Prices),
            Incomplete = step.IncompleteReason is not null,
            IncompleteReason = step.IncompleteReason,
            Error = step.Error,
            Attempts = RunReports.Attempts(state, endedAt: now, services.Prices),
        };
        services.Log.Ended(run, entry.Status.ToWire());
        recorder.Pending.Add(now, entry);
        await recorder.CommitAsync(RunReports.Summary(run, state, entry, now), interrupts.Stopping);
    }
}
