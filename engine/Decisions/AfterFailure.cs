using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Decisions;

/// <summary>The next step after a failed attempt: the same leg again, the next one, or the end.</summary>
internal static class AfterFailure
{
    public static Step Decide(RunState run, AttemptState failed, long now)
    {
        if (run.HostLosses >= RunDecisions.PoisonBound)
        {
            return new Step.End(RunStatus.Failed, Errors.Poisoned(run.HostLosses));
        }

        var error = failed.Failure!.Error;
        if (error.Code == RunErrorCodes.SchemaMismatch)
        {
            return Mismatched(run, failed, error, now);
        }

        if (!failed.HasOutput)
        {
            return RefusedContinuation(failed) ?? Retry(run, failed, error, now) ?? Failed(error);
        }

        return PolicyFor(run, failed, error) switch
        {
            StreamPolicy.AcceptPartial => new Step.End(RunStatus.Completed, IncompleteReason: error.Code),
            StreamPolicy.Restart => Again(run, failed, error, now, goesOn: false) ?? Failed(error),
            StreamPolicy.Continue => Again(run, failed, error, now, goesOn: true) ?? Failed(error),
            _ => Failed(error),
        };
    }

    private static StreamPolicy PolicyFor(RunState run, AttemptState failed, RunError error) =>
        error.Code == RunErrorCodes.ResumeExpired
            ? run.Spec.OnResumeExpired
            : run.Spec.OnStreamFailure ?? (HasNextLeg(run, failed) ? StreamPolicy.Restart : StreamPolicy.Error);

    /// <summary>Before the first event. Null where nothing is left to try.</summary>
    private static Step? Retry(RunState run, AttemptState failed, RunError error, long now)
    {
        var nextLeg = HasNextLeg(run, failed);
        var silent = error.Code is RunErrorCodes.FirstEventTimeout or RunErrorCodes.CircuitOpen;
        var longWait = error.RetryAfterMs > run.Spec.Retry.MaxDelayMs;
        var worthIt = (error.Recoverable || error.Code == RunErrorCodes.ResumeExpired) && !error.NextLeg;
        if (worthIt && HasAttemptsLeft(run, failed) && !(nextLeg && (silent || longWait)))
        {
            return SameLeg(run, failed, now, Pending(run, failed, failed.Leg));
        }

        return nextLeg ? new Step.Dispatch(failed.Number + 1, failed.Leg + 1, Pending(run, failed, failed.Leg + 1)) : null;
    }

    /// <summary>
    /// A whole answer that is not what was asked for: nothing of it can be gone on from. The leg is asked again within its attempts, then
    /// the next one, unless the policy says otherwise.
    /// </summary>
    private static Step Mismatched(RunState run, AttemptState failed, RunError error, long now) => run.Spec.OnStreamFailure switch
    {
        StreamPolicy.Error => Failed(error),
        StreamPolicy.AcceptPartial => new Step.End(RunStatus.Completed, IncompleteReason: error.Code),
        _ when HasAttemptsLeft(run, failed) => SameLeg(run, failed, now, Continuation.None),
        _ when HasNextLeg(run, failed) => new Step.Dispatch(failed.Number + 1, failed.Leg + 1, Continuation.None),
        _ => Failed(error),
    };

    /// <summary>After output was shown. Expired buffers are no fault of the leg: it is asked again while it has attempts left.</summary>
    private static Step? Again(RunState run, AttemptState failed, RunError error, long now, bool goesOn)
    {
        var sameLeg = HasAttemptsLeft(run, failed) && !error.NextLeg;
        if (HasNextLeg(run, failed) && !(sameLeg && error.Code == RunErrorCodes.ResumeExpired))
        {
            return new Step.Dispatch(failed.Number + 1, failed.Leg + 1, On(failed.Leg + 1));
        }

        return sameLeg ? SameLeg(run, failed, now, On(failed.Leg)) : null;

        Continuation On(int leg) => goesOn ? Continue(run, leg) : Continuation.None;
    }

    private static Step SameLeg(RunState run, AttemptState failed, long now, Continuation continuation)
    {
        var due = RetrySchedule.DueAt(run.Spec.Retry, failed, AttemptsOnLeg(run, failed.Leg));
        return due > now ? new Step.Wait(due) : new Step.Dispatch(failed.Number + 1, failed.Leg, continuation);
    }

    /// <summary>
    /// A model that refuses to go on from a partial answer must not hide the failure that made it necessary: it is asked by a user's
    /// turn instead, then from nothing. These do not count as the leg's attempts.
    /// </summary>
    private static Step? RefusedContinuation(AttemptState failed)
    {
        if (!WasRefusedContinuation(failed))
        {
            return null;
        }

        var softer = failed.Continuation == Continuation.Prefill ? Continuation.UserTurn : Continuation.None;
        return new Step.Dispatch(failed.Number + 1, failed.Leg, softer);
    }

    /// <summary>How the next attempt takes up what was shown, where the failed one was itself to take it up.</summary>
    private static Continuation Pending(RunState run, AttemptState failed, int leg) =>
        failed.Continuation == Continuation.None ? Continuation.None : Continue(run, leg);

    /// <summary>
    /// By what the leg's model can do. Tool calls, and an answer that is held to a schema, can not be taken up in the middle. A model that has
    /// refused a prefill in this run is not given another one.
    /// </summary>
    private static Continuation Continue(RunState run, int leg)
    {
        if (run.Spec.Structured || run.Attempts.Any(static attempt => attempt.HasToolCalls))
        {
            return Continuation.None;
        }

        var refused = run.Attempts.Any(attempt => attempt.Leg == leg && attempt.Continuation == Continuation.Prefill && WasRefusedContinuation(attempt));
        return !refused && Models(run.Spec, leg).All(AssistantPrefill.Takes) ? Continuation.Prefill : Continuation.UserTurn;
    }

    /// <summary>All that the leg's dispatch may be served by.</summary>
    private static IEnumerable<string> Models(RunSpec spec, int leg) =>
        spec.HasServerFallback ? spec.Fallback!.Models.Prepend(spec.Model) : [spec.ModelOf(leg)];

    private static Step Failed(RunError error) => new Step.End(RunStatus.Failed, error);

    private static bool HasNextLeg(RunState run, AttemptState attempt) => attempt.Leg + 1 < run.Spec.LegCount;

    private static bool HasAttemptsLeft(RunState run, AttemptState attempt) => AttemptsOnLeg(run, attempt.Leg) < run.Spec.Retry.MaxAttempts;

    private static int AttemptsOnLeg(RunState run, int leg) =>
        run.Attempts.Count(attempt => attempt.Leg == leg && attempt.Part == run.Current!.Part && !WasRefusedContinuation(attempt));

    private static bool WasRefusedContinuation(AttemptState attempt) =>
        attempt.Continuation != Continuation.None && attempt.Failure?.Error is { Recoverable: false, Status: 400 or 422 };
}
