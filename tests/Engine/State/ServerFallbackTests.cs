using System.Text;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.State;

/// <summary>One dispatch that the gateway itself takes from model to model.</summary>
public sealed class ServerFallbackTests
{
    private static readonly RunSpec Spec = new()
    {
        Model = "openai/a", Fallback = new FallbackSpec { Mode = FallbackSpec.ServerMode, Models = ["anthropic/b"] },
    };

    [Fact]
    public void The_attempt_shows_the_leg_and_the_model_that_serve()
    {
        var run = RunRecording.Of(Spec).Dispatch().Attach(WireFormat.Anthropic, resumable: false, step: 1, model: "anthropic/b").Commit();

        var attempt = Assert.Single(RunReports.Attempts(run.State));
        Assert.Equal((1, "anthropic/b"), (attempt.Leg, attempt.Model));
    }

    /// <summary>The leg that was dispatched is dispatched again, with all its models.</summary>
    [Fact]
    public void What_comes_after_a_failure_is_decided_by_what_was_dispatched()
    {
        var run = RunRecording.Of(Spec with { OnStreamFailure = StreamPolicy.Restart })
            .Dispatch().Attach(WireFormat.OpenAi, resumable: false, step: 1, model: "anthropic/b").Take(Wire.OpenAi("a")).Commit().Fail(Errors.Broken(null));

        var step = RunDecisions.Decide(run.State, new DecisionInput(run.Now + 60_000, null, false));

        Assert.Equal(new Step.Dispatch(2, 0, Continuation.None), step);
    }

    [Fact]
    public void A_warning_of_the_submission_is_not_given_a_second_time()
    {
        var told = new RunWarning(Warnings.NotResumable.Code, "Not on the run path.");
        var run = RunRecording.Of(Spec with { Warnings = [told] }).Dispatch().Attach(WireFormat.OpenAi, resumable: false, step: 0, model: "openai/a").Commit();

        var view = RunViews.Of(RunRecording.Id, run.State, new RunInputs(Encoding.UTF8.GetBytes(RunRecording.Input), RunInputs.None), new Answer());

        Assert.Equal([told], view.Warnings);
    }
}
