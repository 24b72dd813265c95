using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Decisions;

/// <summary>When a lost connection is taken up again: milliseconds after the last loss.</summary>
public sealed class ReattachScheduleTests
{
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 100, 200)]
    [InlineData(3, 200, 400)]
    [InlineData(7, 3_200, 6_400)]
    [InlineData(8, 5_000, 10_000)]
    [InlineData(12, 5_000, 10_000)]
    [InlineData(100, 5_000, 10_000)]
    public void The_first_loss_waits_for_nothing_and_each_further_one_longer(int losses, long least, long most)
    {
        Assert.Equal(least, Delay(losses, jitter: 0));
        Assert.InRange(Delay(losses, jitter: 0.999999), least, most);
        Assert.InRange(Delay(losses, jitter: 0.999999), (long)(most * 0.999) - 1, most);
    }

    [Theory]
    [InlineData(1, 1_500, 1_500)]
    [InlineData(1, 1, 50)]
    [InlineData(8, 1_500, 5_000)]
    [InlineData(8, 60_000, 60_000)]
    public void A_longer_retry_after_wins(int losses, long retryAfter, long delay) => Assert.Equal(delay, Delay(losses, jitter: 0, retryAfter));

    [Fact]
    public void The_budget_is_used_up_well_inside_the_gateways_buffer()
    {
        var longest = Enumerable.Range(1, ReattachSchedule.Budget).Sum(static losses => Delay(losses, jitter: 0.999999));
        Assert.InRange(longest, 55_000, 65_000);
    }

    /// <summary>Only losses in a row count, so a long answer over a bad line is not given up.</summary>
    [Fact]
    public void After_the_budget_the_attempt_is_given_up_and_a_new_event_gives_it_back()
    {
        var run = Lost(ReattachSchedule.Budget, 0, null);
        Assert.IsType<Step.Reattach>(Decide(run));
        run.Reattach().Take(Wire.OpenAi("b")).Commit();
        for (var i = 0; i < ReattachSchedule.Budget; i++)
        {
            run.Detach(DetachReasons.Broken, "reset");
            Assert.IsType<Step.Reattach>(Decide(run));
        }

        run.Detach(DetachReasons.Broken, "reset");
        Assert.Equal(new Step.Fail(Errors.Broken("reset")), Decide(run));
    }

    private static Step Decide(RunRecording run) => RunDecisions.Decide(run.State, new DecisionInput(run.Now + 60_000));

    private static long Delay(int losses, double jitter, long? retryAfter = null)
    {
        var run = Lost(losses, jitter, retryAfter);
        return ReattachSchedule.DueAt(run.State.Current!) - run.Now;
    }

    private static RunRecording Lost(int losses, double jitter, long? retryAfter)
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/a" }).Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit();
        for (var i = 0; i < losses; i++)
        {
            run.After(10).Detach(DetachReasons.Broken, retryAfterMs: retryAfter, jitter: jitter);
        }

        return run;
    }
}
