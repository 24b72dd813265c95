using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.State;

/// <summary>Attempts and their phases, entry by entry.</summary>
public sealed class AttemptTreeTests
{
    private readonly RunRecording _run = RunRecording.Of(
        new RunSpec { Model = "openai/a", Fallback = new FallbackSpec { Models = ["anthropic/b"] } }, tenant: "acme");

    [Fact]
    public void A_submission_makes_a_queued_run()
    {
        var state = _run.Commit().State;
        Assert.Equal(("acme", "openai/a", RunRecording.Start, RunStatus.Queued), (state.Tenant, state.Spec.Model, state.CreatedAt, state.Status));
        Assert.Equal((1L, 1L), (state.LastNumber, state.Seq));
        Assert.Null(state.Current);
        Assert.Null(state.Serving);
        Assert.Null(state.StartedAt);
    }

    [Fact]
    public void A_dispatch_starts_the_run()
    {
        var state = _run.Commit().After(10).Dispatch().State;
        Assert.Equal(RunStatus.Running, state.Status);
        Assert.Equal(RunRecording.Start + 10, state.StartedAt);
        var attempt = Assert.Single(state.Attempts);
        Assert.Equal((1, 0, "openai/a", "run", AttemptPhase.Started), (attempt.Number, attempt.Leg, attempt.Model, attempt.Transport, attempt.Phase));
        Assert.Null(state.Serving);
    }

    [Fact]
    public void An_attachment_tells_who_the_upstream_is()
    {
        var state = _run.Dispatch().After(30).Attach(WireFormat.Anthropic).Commit().State;
        var attempt = state.Serving!;
        Assert.Same(state.Current, attempt);
        Assert.Equal(("gen-1", "log-1", WireFormat.Anthropic, true), (attempt.GatewayRunId, attempt.GatewayLogId, attempt.Wire, attempt.Resumable));
        Assert.Equal((AttemptPhase.Attached, 3L), (attempt.Phase, attempt.AttachedNumber));
        Assert.Null(attempt.FirstEventAt);
    }

    /// <summary>The one who serves is the last one that was answered, not the last one that was tried.</summary>
    [Fact]
    public void A_later_attempt_that_is_not_answered_does_not_serve()
    {
        var state = _run.Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit().Fail(Errors.Broken(null)).Dispatch(leg: 1).State;
        Assert.Equal(2, state.Current!.Number);
        Assert.Equal(1, state.Serving!.Number);
        state = _run.Attach(WireFormat.Anthropic).Commit().State;
        Assert.Equal(2, state.Serving!.Number);
    }

    [Fact]
    public void A_lost_connection_and_its_return_are_phases_of_the_same_attempt()
    {
        var attempt = _run.Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit().After(100).Detach(DetachReasons.Broken, "reset").State.Current!;
        Assert.Equal((AttemptPhase.Detached, 1, 0), (attempt.Phase, attempt.DetachesInARow, attempt.Reattaches));
        Assert.Equal((DetachReasons.Broken, 1L), (attempt.LastDetach!.Reason, attempt.LastDetach.Offset));
        var lost = _run.Now;
        _run.After(200).Detach(ErrorCodes.RateLimit, retryAfterMs: 50);
        Assert.Equal((2, lost, lost + 200), (attempt.DetachesInARow, attempt.DetachedAt, attempt.LastDetachedAt));
        _run.After(50).Reattach();
        Assert.Equal((AttemptPhase.Attached, 2, 1), (attempt.Phase, attempt.DetachesInARow, attempt.Reattaches));
        _run.Take(Wire.OpenAi("b")).Commit();
        Assert.Equal((0, 2L), (attempt.DetachesInARow, attempt.Events));
        Assert.Null(attempt.LastDetach);
        var again = _run.After(5).Detach(DetachReasons.Idle).Now;
        Assert.Equal((1, again), (attempt.DetachesInARow, attempt.DetachedAt));
    }

    [Fact]
    public void A_failure_ends_the_attempt_and_not_the_run()
    {
        var state = _run.Dispatch().After(70).Fail(Errors.Interrupted, hostLost: true).State;
        var attempt = state.Current!;
        Assert.Equal((AttemptPhase.Failed, (long?)_run.Now), (attempt.Phase, attempt.EndedAt));
        Assert.Equal(Errors.Interrupted, attempt.Failure!.Error);
        Assert.Equal(RunStatus.Running, state.Status);
        Assert.Null(state.EndedAt);
    }

    [Fact]
    public void The_end_of_the_run_ends_the_attempt_that_is_open_and_no_other()
    {
        var failedAt = _run.Dispatch().After(70).Fail(Errors.Interrupted).Now;
        var state = _run.After(500).Dispatch().After(40).End(RunStatus.Cancelled).State;
        Assert.Equal([failedAt, _run.Now], state.Attempts.Select(static attempt => attempt.EndedAt!.Value));
        Assert.Equal((RunStatus.Cancelled, (long?)_run.Now), (state.Status, state.EndedAt));
        Assert.Equal([1, 2], state.End!.Attempts.Select(static attempt => attempt.Attempt));
        Assert.Equal(_run.Now, state.End.Attempts[1].EndedAt!.Value.ToUnixTimeMilliseconds());
    }
}
