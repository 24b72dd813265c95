using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.State;

/// <summary>Tells from a run's state what it is doing.</summary>
public static class RunPhases
{
    /// <summary>An attempt that is connected and silent for so long deserves a look; providers pause for a second or two.</summary>
    private const long SilentMs = 15_000;

    /// <param name="run">Locked by the caller, where somebody else may fold.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static RunPhase Of(RunState run, long now) => run switch
    {
        { End: not null } => RunPhase.Ended,
        { Current: null } => RunPhase.Queued,
        { Current.Phase: AttemptPhase.Started } => RunPhase.Dispatching,
        { Current.Phase: AttemptPhase.Detached } => RunPhase.Recovering,
        { Current.Phase: AttemptPhase.Failed } => RunPhase.Waiting,
        { Current: var attempt } when now - (attempt.LastEventAt ?? attempt.StartedAt) > SilentMs => RunPhase.Stalled,
        _ => RunPhase.Streaming,
    };

    /// <summary>The name of <c>api.md</c>: lower case.</summary>
    public static string ToWire(this RunPhase phase) => phase switch
    {
        RunPhase.Queued => "queued",
        RunPhase.Waiting => "waiting",
        RunPhase.Dispatching => "dispatching",
        RunPhase.Streaming => "streaming",
        RunPhase.Recovering => "recovering",
        RunPhase.Stalled => "stalled",
        RunPhase.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "Not a phase of a run."),
    };
}
