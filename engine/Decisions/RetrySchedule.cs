using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Decisions;

/// <summary>When a leg is tried again after a failed attempt.</summary>
public static class RetrySchedule
{
    /// <summary>Unix milliseconds. Up to half of the delay is taken off by the jitter; a longer <c>Retry-After</c> wins.</summary>
    public static long DueAt(RetrySpec retry, AttemptState failed, int attemptsOnLeg)
    {
        var failure = failed.Failure!;
        var delay = Delay(retry, attemptsOnLeg);
        var spread = (long)(delay * (1 - (failure.Jitter / 2)));
        return failed.EndedAt!.Value + Math.Max(spread, failure.Error.RetryAfterMs ?? 0);
    }

    private static long Delay(RetrySpec retry, int attemptsOnLeg)
    {
        var delay = retry.Backoff switch
        {
            Backoff.Constant => retry.DelayMs,
            Backoff.Linear => (long)retry.DelayMs * attemptsOnLeg,
            _ => (long)retry.DelayMs << Math.Min(attemptsOnLeg - 1, 20),
        };
        return Math.Min(delay, retry.MaxDelayMs);
    }
}
