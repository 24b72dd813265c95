using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Decisions;

/// <summary>
/// The next step of a run, from its state and the time alone: pure, so that recovery is the same question asked of a journal that is
/// not empty, and every rule can be tested as a table.
/// </summary>
public static class RunDecisions
{
    /// <summary>A run under which the host died this often, without a new event in between, is not tried again.</summary>
    public const int PoisonBound = 5;

    public static Step Decide(RunState run, DecisionInput input) => Next(run, input) switch
    {
        // Nothing tells how much of the answer an event that can not be read was.
        Step.End { Status: RunStatus.Completed, IncompleteReason: null } whole when RunReports.HasGap(run) =>
            whole with { IncompleteReason = Warnings.MalformedEvent.Code },
        var step => step,
    };

    private static Step Next(RunState run, DecisionInput input)
    {
        if (run.End is not null)
        {
            return Step.Done.Instance;
        }

        if (input.CancelRequested)
        {
            return new Step.End(RunStatus.Cancelled);
        }

        return run.Current switch
        {
            // An answer that is complete is a success, whatever the clock says by now.
            { Terminal: true, StreamError: null, Phase: not AttemptPhase.Failed } => new Step.End(RunStatus.Completed),

            // All that it can still lack is its usage.
            { FinishReason: not null, StreamError: null, Phase: not AttemptPhase.Failed } when IsOver(run, input) => new Step.End(RunStatus.Completed),
            _ when IsOver(run, input) => new Step.End(RunStatus.Failed, Errors.TotalTimeout(run.Spec, run.QueuedAt is null ? null : run.LastQueued!.Message)),
            _ when input.End is ConnectionEnd.NoTurn none => WithoutTurn(run, none),
            null => new Step.Dispatch(1, 0, Entries.Continuation.None),
            { Phase: AttemptPhase.Failed } failed => AfterFailure.Decide(run, failed, input.Now),
            var attempt => ConnectionDecisions.Decide(run, attempt, input),
        };
    }

    private static Step WithoutTurn(RunState run, ConnectionEnd.NoTurn none) => none.Dispatch.Leg + 1 < run.Spec.LegCount
        ? none.Dispatch with { Leg = none.Dispatch.Leg + 1 }
        : new Step.End(RunStatus.Failed, none.Error);

    private static bool IsOver(RunState run, DecisionInput input) => input.Now >= run.CreatedAt + run.Spec.Timeouts.TotalMs;
}
