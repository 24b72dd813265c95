using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Decisions;

/// <summary>The next step of an attempt that has not failed: what the end of its connection means.</summary>
internal static class ConnectionDecisions
{
    public static Step Decide(RunState run, AttemptState attempt, DecisionInput input) => attempt.Phase switch
    {
        AttemptPhase.Started => Unanswered(input.End),
        AttemptPhase.Attached => Lost(run, attempt, input.End),
        AttemptPhase.Detached => Detached(run, attempt, input),
        _ => throw new InvalidOperationException($"Attempt {attempt.Number} is in phase {attempt.Phase}, which has no connection."),
    };

    private static Step Unanswered(ConnectionEnd? end) => end switch
    {
        ConnectionEnd.Refused refused => new Step.Fail(refused.Error),
        ConnectionEnd.HostGone gone => new Step.Fail(Errors.Interrupted, gone.Lost),
        _ => new Step.Fail(Errors.Interrupted),
    };

    private static Step Lost(RunState run, AttemptState attempt, ConnectionEnd? end)
    {
        if (attempt.StreamError is { } error)
        {
            return new Step.Fail(error);
        }

        switch (end)
        {
            case ConnectionEnd.Clean when attempt.FinishReason is not null:
                return new Step.End(RunStatus.Completed);

            // Asked again from the count, the gateway has nothing more: the generation itself ended there.
            case ConnectionEnd.Clean when attempt.LastDetach?.Reason == DetachReasons.CleanEnd:
                return new Step.Fail(Errors.Truncated(attempt));

            case ConnectionEnd.Clean:
                return Detach(run, attempt, DetachReasons.CleanEnd, null, Errors.Truncated(attempt));

            case ConnectionEnd.Broken broken:
                return Detach(run, attempt, broken.Reason, broken.Message, Errors.Broken(broken.Message));

            // The first-event deadline passed, or the upstream refused after it had answered.
            case ConnectionEnd.Refused refused:
                return new Step.Fail(refused.Error);

            case ConnectionEnd.HostGone { Lost: true }:
                return Detach(run, attempt, DetachReasons.HostLost, null, Errors.Broken("the host was lost"), hostLost: true);

            default:
                return Detach(run, attempt, DetachReasons.HostStopped, null, Errors.Broken("the host stopped"));
        }
    }

    private static Step Detach(RunState run, AttemptState attempt, string reason, string? message, RunError otherwise, bool hostLost = false)
    {
        if (attempt.Resumable && run.Spec.Resume != false)
        {
            return new Step.Detach(reason, message, null);
        }

        return attempt.FinishReason is not null ? new Step.End(RunStatus.Completed) : new Step.Fail(otherwise, hostLost);
    }

    private static Step Detached(RunState run, AttemptState attempt, DecisionInput input)
    {
        if (run.HostLosses >= RunDecisions.PoisonBound)
        {
            return new Step.End(RunStatus.Failed, Errors.Poisoned(run.HostLosses));
        }

        switch (input.End)
        {
            case ConnectionEnd.Refused { Error: var error } when !error.Recoverable:
                return GiveUp(attempt, error);
            case ConnectionEnd.Refused { Error: var error }:
                return new Step.Detach(error.Code, error.Message, error.RetryAfterMs);
            case ConnectionEnd.Broken broken:
                return new Step.Detach(broken.Reason, broken.Message, null);
            case ConnectionEnd.HostGone { Lost: true }:
                return new Step.Detach(DetachReasons.HostLost, null, null);
        }

        if (attempt.DetachesInARow > ReattachSchedule.Budget)
        {
            return GiveUp(attempt, Errors.Broken(attempt.LastDetach!.Message ?? attempt.LastDetach.Reason));
        }

        var due = ReattachSchedule.DueAt(attempt);
        return due > input.Now ? new Step.Wait(due) : Step.Reattach.Instance;
    }

    /// <summary>An answer whose finish reason was seen lacks at most its usage: it counts as complete.</summary>
    private static Step GiveUp(AttemptState attempt, RunError error) =>
        attempt.FinishReason is not null ? new Step.End(RunStatus.Completed) : new Step.Fail(error);
}
