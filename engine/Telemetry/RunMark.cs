using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Telemetry;

/// <summary>What of a run its metrics are differences of.</summary>
internal readonly record struct RunMark(int Attempts, long Events, int Reattaches, RunPhase Phase, bool HasOutput)
{
    /// <summary>Silence is not told from streaming: nothing is folded while it lasts.</summary>
    private const long NoTime = 0;

    public static RunMark Of(RunState run)
    {
        var attempt = run.Current;
        return new RunMark(run.Attempts.Count, attempt?.Events ?? 0, attempt?.Reattaches ?? 0, RunPhases.Of(run, NoTime), attempt?.FirstEventAt is not null);
    }
}
