using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.State;

/// <summary>How often the host died under a run without progress, which ends it as poisoned.</summary>
public sealed class HostLossTests
{
    private readonly RunRecording _run = RunRecording.Of(new RunSpec { Model = "openai/a", Retry = new RetrySpec { MaxAttempts = 100 } });

    [Fact]
    public void Deaths_before_and_under_the_answer_add_up()
    {
        _run.Dispatch().Fail(Errors.Interrupted, hostLost: true).Dispatch().Attach(WireFormat.OpenAi).Commit().Detach(DetachReasons.HostLost);
        Assert.Equal(2, _run.State.HostLosses);
    }

    [Fact]
    public void Stopping_in_order_and_broken_connections_are_no_deaths()
    {
        _run.Dispatch().Fail(Errors.Interrupted).Dispatch().Attach(WireFormat.OpenAi).Commit().Detach(DetachReasons.HostStopped).Detach(DetachReasons.Broken);
        Assert.Equal(0, _run.State.HostLosses);
    }

    [Fact]
    public void A_new_event_is_progress()
    {
        _run.Dispatch().Fail(Errors.Interrupted, hostLost: true).Dispatch().Attach(WireFormat.OpenAi).Commit();
        Assert.Equal(1, _run.State.HostLosses);
        _run.Take(Wire.OpenAi("a")).Commit();
        Assert.Equal(0, _run.State.HostLosses);
    }

    [Fact]
    public void A_whole_answer_is_progress()
    {
        _run.Dispatch().Fail(Errors.Interrupted, hostLost: true).Dispatch().Attach(WireFormat.OpenAi).Result("application/json", "{}"u8.ToArray());
        Assert.Equal(0, _run.State.HostLosses);
    }

    [Fact]
    public void The_fifth_death_before_the_answer_is_the_last()
    {
        for (var i = 1; i <= RunDecisions.PoisonBound; i++)
        {
            _run.Dispatch().Fail(Errors.Interrupted, hostLost: true);
            var step = RunDecisions.Decide(_run.State, new DecisionInput(_run.After(100_000).Now));
            Assert.Equal(i == RunDecisions.PoisonBound, step is Step.End { Error.Code: RunErrorCodes.Poisoned });
        }
    }
}
