using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Engine.Turns;
using Orchestrator.Engine.Upstream;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Hosting;

/// <summary>What a host has of a run that it has let go of.</summary>
public sealed class RunHostTests
{
    private const string Model = "openai/a";

    /// <summary>Who took such a run up again got it as it was, and nobody worked on it.</summary>
    [Fact]
    public async Task A_run_that_is_complete_is_not_found_any_more_and_one_that_was_lost_is_left_alone()
    {
        var clock = new ManualClock();
        var options = new EngineOptions();
        options.Limits.Models.Add(new ModelLimit { Model = Model, Requests = 1, WindowSeconds = 3600 });
        var turns = new LocalTurns(options.Limits, clock);

        // Somebody else has the only turn: each run waits for its own until it is lost.
        Assert.NotNull((await turns.AskAsync(new TurnRequest(RunId.Create(clock.GetUtcNow(), new Random(2)), "", Model, "text-generation", 0))).Turn);
        var services = new RunServices(
            new MemoryJournal(), new AnsweringGateway(static (_, _) => throw new NotSupportedException()), new PlainSeal(),
            new UpstreamPipelines(options.Resilience, clock), turns, clock, new Jitter(new Random(1)),
            NullLogger.Instance);
        var host = new RunHost(services, options);
        for (var i = 0; i < 1_000; i++)
        {
            var submission = new Submission { Tenant = "", Spec = new RunSpec { Model = Model }, Inputs = new RunInputs("{}"u8.ToArray(), RunInputs.None) };
            var run = (await host.CreateAsync(await RunDraft.MakeAsync(submission, services)))!.Run!;
            run.Lose();

            // The moment counts: whatever is called by the completion comes after it.
            SpinWait.SpinUntil(() => run.Completion.IsCompleted);
            Assert.Null(host.Find(run.Id));
            Assert.True(host.Lost.IsLeftAlone(run.Id));
        }
    }
}
