using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Statistics;

/// <summary>Tells whether somebody should look at a run. Pure.</summary>
internal static class AttentionRules
{
    /// <summary>A wait that is longer is not what a caller expects.</summary>
    private const long LongMs = 60_000;

    /// <param name="run">One that has not ended, or has.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static (string Why, long Since)? Of(RunState run, long now) => (RunPhases.Of(run, now), run.Current) switch
    {
        (RunPhase.Stalled, { } attempt) => ("stalled", attempt.LastEventAt ?? attempt.StartedAt),
        (RunPhase.Recovering, { } attempt) => ("recovering", attempt.DetachedAt),
        (RunPhase.Waiting, { Failure.Error.Code: RunErrorCodes.CircuitOpen } attempt) => ("circuit-open", attempt.EndedAt ?? attempt.StartedAt),
        (RunPhase.Queued, _) when now - run.CreatedAt > LongMs => ("queued-long", run.CreatedAt),
        (RunPhase.Waiting, { } attempt) when now - (attempt.EndedAt ?? now) > LongMs => ("queued-long", attempt.EndedAt!.Value),
        (RunPhase.Dispatching, { } attempt) when now - attempt.StartedAt > LongMs => ("queued-long", attempt.StartedAt),
        _ => null,
    };
}
