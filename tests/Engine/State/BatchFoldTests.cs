using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Tests.Golden;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.TestKit.Journal;

namespace Orchestrator.Engine.Tests.State;

/// <summary>How entries come together in batches: in whatever groups, once each, without a gap.</summary>
public sealed class BatchFoldTests
{
    public static TheoryData<string> Names => GoldenRuns.Names;

    /// <summary>A crash can come between any two commits: what is there folds, and says what a fold of the whole said at that entry.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_beginning_of_a_journal_folds_to_the_run_as_it_was_then(string name)
    {
        var batches = GoldenRuns.All[name]().Batches;
        var live = new RunState();
        for (var last = 1L; last <= batches[^1].LastNumber; last++)
        {
            live.Apply(Regrouping.Cut(batches, last, last));
            var recovered = ProjectedRun.Fold([Regrouping.Cut(batches, 1, last)]);
            Assert.Equal(Facts(live), Facts(recovered));
        }
    }

    [Fact]
    public void Entries_that_are_known_already_are_passed_over()
    {
        var batches = GoldenRuns.All["reattached"]().Batches;
        var state = ProjectedRun.Fold(batches);
        var facts = Facts(state);
        state.Apply(batches[^1]);
        state.Apply(Regrouping.Cut(batches, 2, batches[^1].LastNumber));
        Assert.Equal(facts, Facts(state));
    }

    [Fact]
    public void A_batch_that_begins_in_what_is_known_adds_what_is_new()
    {
        var batches = GoldenRuns.All["reattached"]().Batches;
        var state = ProjectedRun.Fold([Regrouping.Cut(batches, 1, 5)]);
        state.Apply(Regrouping.Cut(batches, 3, batches[^1].LastNumber));
        Assert.Equal(Facts(ProjectedRun.Fold(batches)), Facts(state));
    }

    [Fact]
    public void A_gap_is_refused_and_the_run_stays_as_it_was()
    {
        var batches = GoldenRuns.All["reattached"]().Batches;
        var state = ProjectedRun.Fold([Regrouping.Cut(batches, 1, 5)]);
        var refusal = Assert.Throws<InvalidDataException>(() => state.Apply(Regrouping.Cut(batches, 7, 7)));
        Assert.Contains("Entry 7 follows entry 5", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(5, state.LastNumber);
    }

    [Fact]
    public void Entries_since_the_last_checkpoint_are_counted()
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/a" }).Dispatch();
        Assert.Equal(2, run.State.SinceCheckpoint);
        run.Attach(Gateway.WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit();
        Assert.Equal(4, run.State.SinceCheckpoint);
        run.Take(Wire.OpenAi("b"), Wire.OpenAi("c"), Wire.OpenAi("d")).Commit(checkpoint: true);
        Assert.Equal(3, run.State.SinceCheckpoint);
    }

    private static string Facts(RunState run) => string.Join(
        '\n',
        (string[])
        [
            $"{run.LastNumber} {run.Seq} {run.Status} {run.Tenant} {run.CreatedAt} {run.StartedAt} {run.EndedAt} {run.HostLosses}",
            $"{run.WarnsOfMalformedEvents} {run.WarnsOfNoResume} {run.Serving?.Number} {Convert.ToHexString(run.ToCheckpoint().State.Span)}",
            .. run.Attempts.Select(static attempt =>
                $"{attempt.Number} {attempt.Leg} {attempt.Phase} {attempt.Events} {attempt.Reattaches} {attempt.DetachesInARow} {attempt.DetachedAt} "
                + $"{attempt.LastDetachedAt} {attempt.FirstEventAt} {attempt.LastEventAt} {attempt.EndedAt} {attempt.HasOutput} {attempt.HasToolCalls} "
                + $"{attempt.Terminal} {attempt.FinishReason} {attempt.Usage} {attempt.StreamError} {attempt.Failure} {attempt.LastDetach} "
                + string.Join(',', Enumerable.Range(0, (int)attempt.Events + 1).Select(index => attempt.EntryOfEvent(index)))),
        ]);
}
