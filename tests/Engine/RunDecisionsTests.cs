using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests;

/// <summary>The rules of a run's life, one by one, on states that are folded from entries.</summary>
public sealed class RunDecisionsTests
{
    private const long Start = 1_000_000;

    private static readonly RunError Overloaded = new() { Code = ErrorCodes.ProviderError, Message = "overloaded", Recoverable = true };
    private static readonly RunError Denied = new() { Code = ErrorCodes.Auth, Message = "no" };

    private readonly EntryBatchBuilder _entries = new();
    private readonly RunSpec _spec = new() { Model = "openai/a", Fallback = new FallbackSpec { Models = ["anthropic/b"] } };

    [Fact]
    public void A_new_run_is_dispatched_to_its_first_leg() =>
        Assert.Equal(new Step.Dispatch(1, 0, Continuation.None), Decide(Submitted(_spec)));

    [Fact]
    public void A_recoverable_failure_waits_and_then_tries_the_leg_again()
    {
        var run = Failed(Submitted(_spec), Overloaded);
        var wait = Assert.IsType<Step.Wait>(Decide(run));
        Assert.Equal(Start + 500, wait.Until);
        Assert.Equal(new Step.Dispatch(2, 0, Continuation.None), Decide(run, now: wait.Until));
    }

    [Fact]
    public void A_failure_beyond_repair_moves_to_the_next_leg_at_once() =>
        Assert.Equal(new Step.Dispatch(2, 1, Continuation.None), Decide(Failed(Submitted(_spec), Denied)));

    [Fact]
    public void Retry_After_is_waited_for()
    {
        var limited = new RunError { Code = ErrorCodes.RateLimit, Message = "slow down", Recoverable = true, RetryAfterMs = 7_000 };
        Assert.Equal(Start + 7_000, Assert.IsType<Step.Wait>(Decide(Failed(Submitted(_spec), limited))).Until);
    }

    [Fact]
    public void A_silent_leg_is_left_while_another_is_there()
    {
        Assert.Equal(new Step.Dispatch(2, 1, Continuation.None), Decide(Failed(Submitted(_spec), Errors.FirstEventTimeout(_spec))));
        var alone = _spec with { Fallback = null };
        Assert.IsType<Step.Wait>(Decide(Failed(Submitted(alone), Errors.FirstEventTimeout(alone))));
    }

    [Theory]
    [InlineData(StreamPolicy.Error)]
    [InlineData(StreamPolicy.AcceptPartial)]
    [InlineData(StreamPolicy.Restart)]
    [InlineData(StreamPolicy.Continue)]
    public void After_the_first_event_the_policy_rules(StreamPolicy policy)
    {
        var run = Broken(Submitted(_spec with { OnStreamFailure = policy }));
        Step expected = policy switch
        {
            StreamPolicy.AcceptPartial => new Step.End(RunStatus.Completed, IncompleteReason: RunErrorCodes.StreamBroken),
            StreamPolicy.Restart => new Step.Dispatch(2, 1, Continuation.None),
            StreamPolicy.Continue => new Step.Dispatch(2, 1, Continuation.UserTurn),
            _ => new Step.End(RunStatus.Failed, run.Current!.Failure!.Error),
        };
        Assert.Equal(expected, Decide(run));
    }

    [Fact]
    public void A_broken_connection_that_can_be_resumed_is_detached_and_never_dispatched_again()
    {
        var run = Attached(Submitted(_spec), resumable: true);
        var step = Decide(run, end: new ConnectionEnd.Broken(DetachReasons.Broken, "reset"));
        Assert.Equal(new Step.Detach(DetachReasons.Broken, "reset", null), step);
        Add(run, entries => entries.Add(Start, new AttemptDetached { Attempt = 1, Offset = 1, Reason = DetachReasons.Broken }));
        Assert.IsType<Step.Reattach>(Decide(run));
    }

    [Fact]
    public void A_clean_end_without_a_marker_is_never_a_success()
    {
        var run = Attached(Submitted(_spec), resumable: true);
        Assert.Equal(DetachReasons.CleanEnd, Assert.IsType<Step.Detach>(Decide(run, end: ConnectionEnd.Clean.Instance)).Reason);
        Add(run, entries => entries.Add(Start, new AttemptDetached { Attempt = 1, Offset = 1, Reason = DetachReasons.CleanEnd }));
        Add(run, entries => entries.Add(Start, new AttemptReattached { Attempt = 1, Offset = 1, GapMs = 0 }));
        Assert.Equal(RunErrorCodes.StreamTruncated, Assert.IsType<Step.Fail>(Decide(run, end: ConnectionEnd.Clean.Instance)).Error.Code);
    }

    [Fact]
    public void Five_deaths_of_the_host_without_a_new_event_end_the_run_as_poisoned()
    {
        var run = Attached(Submitted(_spec), resumable: true);
        for (var i = 0; i < RunDecisions.PoisonBound; i++)
        {
            Assert.IsNotType<Step.End>(Decide(run));
            Add(run, entries => entries.Add(Start, new AttemptDetached { Attempt = 1, Offset = 1, Reason = DetachReasons.HostLost }));
        }

        var end = Assert.IsType<Step.End>(Decide(run));
        Assert.Equal((RunStatus.Failed, RunErrorCodes.Poisoned), (end.Status, end.Error!.Code));
    }

    [Fact]
    public void The_total_time_ends_the_run_whatever_it_does()
    {
        var run = Attached(Submitted(_spec), resumable: true);
        var end = Assert.IsType<Step.End>(Decide(run, now: Start + _spec.Timeouts.TotalMs));
        Assert.Equal(RunErrorCodes.TotalTimeout, end.Error!.Code);
    }

    [Fact]
    public void Cancel_comes_before_everything_but_the_end()
    {
        var run = Attached(Submitted(_spec), resumable: true);
        Assert.Equal(
            new Step.End(RunStatus.Cancelled),
            RunDecisions.Decide(run, new DecisionInput(Start, new ConnectionEnd.Broken(DetachReasons.Broken, null), CancelRequested: true)));
    }

    private static Step Decide(RunState run, long now = Start, ConnectionEnd? end = null) => RunDecisions.Decide(run, new DecisionInput(now, end));

    private RunState Submitted(RunSpec spec)
    {
        var run = new RunState();
        Add(run, entries => entries.Add(Start, new RunSubmitted { Spec = spec, Tenant = "", Inputs = new RunInputs("{}"u8.ToArray(), RunInputs.None) }));
        return run;
    }

    private RunState Started(RunState run)
    {
        Add(run, entries => entries.Add(Start, new AttemptStarted { Attempt = 1, Leg = 0, Model = run.Spec.Model, Transport = "run", DispatchId = "d" }));
        return run;
    }

    private RunState Attached(RunState run, bool resumable)
    {
        Add(Started(run), entries => entries.Add(Start, new AttemptAttached { Attempt = 1, Wire = WireFormat.OpenAi, Resumable = resumable }));
        Add(run, entries => entries.AddUpstreamEvent(
            Start, 1, new("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n"u8.ToArray())));
        return run;
    }

    private RunState Broken(RunState run)
    {
        Add(Attached(run, resumable: false), entries => entries.Add(Start, new AttemptFailed { Attempt = 1, Error = Errors.Broken("reset") }));
        return run;
    }

    private RunState Failed(RunState run, RunError error)
    {
        Add(Started(run), entries => entries.Add(Start, new AttemptFailed { Attempt = 1, Error = error }));
        return run;
    }

    private void Add(RunState run, Action<EntryBatchBuilder> add)
    {
        add(_entries);
        run.Apply(_entries.Build(run.LastNumber + 1));
    }
}
