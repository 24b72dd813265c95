using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Decisions;

/// <summary>
/// When a lost connection is taken up again. The first time at once, then after 100 ms, doubling to 10 s; given up after
/// <see cref="Budget"/> losses in a row without a new event, about a minute, well inside the gateway's five and a half.
/// </summary>
public static class ReattachSchedule
{
    public const int Budget = 12;

    private const long FirstDelayMs = 100;
    private const long MaxDelayMs = 10_000;

    /// <summary>Unix milliseconds.</summary>
    public static long DueAt(AttemptState attempt)
    {
        var losses = attempt.DetachesInARow;
        if (losses <= 1 && attempt.LastDetach!.RetryAfterMs is null)
        {
            return attempt.LastDetachedAt;
        }

        var delay = Math.Min(MaxDelayMs, FirstDelayMs << Math.Min(losses - 1, 16));
        var spread = (long)(delay * (0.5 + (attempt.LastDetach!.Jitter / 2)));
        return attempt.LastDetachedAt + Math.Max(spread, attempt.LastDetach.RetryAfterMs ?? 0);
    }
}
