using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Hosting;

/// <summary>A run that is taken from a host which is alive has not taken that host down.</summary>
public sealed class LivingOwnerTests
{
    [Theory]
    [InlineData(1L, 0)]
    [InlineData(null, 1)]
    [InlineData(2L, 1)]
    public async Task The_loss_of_a_run_counts_unless_the_one_who_had_it_last_is_alive(long? livingOwner, int losses)
    {
        var store = new MemoryStore();
        var clock = new ManualClock();
        var first = Host(store, clock);
        var second = Host(store, clock);
        var submission = new Submission
        {
            Tenant = "", Spec = new RunSpec { Model = "openai/a" }, Inputs = new RunInputs("{}"u8.ToArray(), RunInputs.None),
        };
        var run = (await first.CreateAsync(await RunDraft.MakeAsync(submission, first.Services)))!.Run!;
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Committed = (_, batch) =>
        {
            foreach (var entry in batch)
            {
                if (entry.Kind == EntryKind.AttemptFailed)
                {
                    told.TrySetResult();
                }
            }
        };

        Assert.Single(await second.TakeUpAsync([run.Id], TestContext.Current.CancellationToken, _ => livingOwner));
        await told.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        var state = await JournaledState.ReadAsync(second.Services.Journal, run.Id, TestContext.Current.CancellationToken);
        Assert.Equal(losses, state.HostLosses);
    }

    /// <summary>Its gateway never answers.</summary>
    private static RunHost Host(MemoryStore store, ManualClock clock)
    {
        var options = new EngineOptions();
        return new RunHost(
            new RunServices(
                new MemoryJournal(store), new FakeGateway(clock, static _ => new DispatchPlan { AnswerAfterMs = 1_000_000 }), new PlainSeal(),
                new UpstreamPipelines(options.Resilience, clock), new LocalTurns(options.Limits, clock), clock, new Jitter(new Random(1)),
                NullLogger.Instance),
            options);
    }
}
