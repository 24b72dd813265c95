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
            { IsComplete: true } complete => AfterPart(run, complete, input),

            // All that it can still lack is its usage.
            { FinishReason: not null, StreamError: null, Phase: not AttemptPhase.Failed } when IsOver(run, input) => new Step.End(RunStatus.Completed),
            _ when IsOver(run, input) => new Step.End(RunStatus.Failed, Errors.TotalTimeout(run.Spec, run.QueuedAt is null ? null : run.LastQueued!.Message)),
            _ when input.End is ConnectionEnd.NoTurn none => WithoutTurn(run, none),
            null => new Step.Dispatch(1, 0, Entries.Continuation.None),
            { Phase: AttemptPhase.Failed } failed => OfItsPart(run, failed, AfterFailure.Decide(run, failed, input.Now)),
            var attempt => ConnectionDecisions.Decide(run, attempt, input),
        };
    }

    private static Step WithoutTurn(RunState run, ConnectionEnd.NoTurn none) => none.Dispatch.Leg + 1 < run.Spec.LegCount
        ? none.Dispatch with { Leg = none.Dispatch.Leg + 1 }
        : new Step.End(RunStatus.Failed, none.Error);

    /// <summary>The next result, by the leg that gave this one, until all are there.</summary>
    private static Step AfterPart(RunState run, AttemptState complete, DecisionInput input) => run switch
    {
        _ when run.PartsDone >= run.Spec.Parts => new Step.End(RunStatus.Completed),
        _ when IsOver(run, input) => Without(run, Errors.TotalTimeout(run.Spec)),
        _ => new Step.Dispatch(complete.Number + 1, complete.Leg, Entries.Continuation.None, run.PartsDone),
    };

    private static Step OfItsPart(RunState run, AttemptState failed, Step step) => step switch
    {
        Step.Dispatch dispatch => dispatch with { Part = failed.Part },
        Step.End { Status: RunStatus.Failed, Error: { } error } => Without(run, error),
        _ => step,
    };

    /// <summary>Results that are there are kept where the policy takes a part for the whole.</summary>
    private static Step Without(RunState run, RunError error) =>
        run.PartsDone > 0 && run.Spec is { Parts: > 1, OnStreamFailure: StreamPolicy.AcceptPartial }
            ? new Step.End(RunStatus.Completed, IncompleteReason: error.Code)
            : new Step.End(RunStatus.Failed, error);

    private static bool IsOver(RunState run, DecisionInput input) => input.Now >= run.CreatedAt + run.Spec.Timeouts.TotalMs;
}
