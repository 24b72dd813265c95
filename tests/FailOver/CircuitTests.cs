using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.FailOver.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.FailOver.Tests;

/// <summary>A primary that is down for a minute and comes back: the circuit spares it, asks now and then, and trusts it again.</summary>
public sealed class CircuitTests
{
    private const string Primary = "openai/primary~events=9";
    private const string Secondary = "claude/secondary~events=9";

    [Theory]
    [InlineData("""{"status":503}""", ErrorCodes.ProviderError)]
    [InlineData("""{"refuse":"x*"}""", ErrorCodes.GatewayError)]
    public async Task A_primary_down_for_a_minute_is_spared_probed_and_taken_back(string fault, string code)
    {
        await using var world = await FailOverWorld.StartAsync(static options =>
        {
            options.Resilience.CircuitMinimumThroughput = 4;
            options.Resilience.CircuitSampling = TimeSpan.FromSeconds(30);
            options.Resilience.CircuitBreak = TimeSpan.FromSeconds(15);
        });
        var whole = await world.WholeTextAsync(9);
        await world.FaultAsync("openai/primary", fault);

        // It opens: after four failures no request goes there any more.
        for (var run = 1; run <= 4; run++)
        {
            await ServedBySecondaryAsync(world, whole, code);
        }

        Assert.Equal(4, world.Dispatches(Primary));
        for (var run = 1; run <= 5; run++)
        {
            await ServedBySecondaryAsync(world, whole, RunErrorCodes.CircuitOpen);
        }

        Assert.Equal(4, world.Dispatches(Primary));

        // It probes: one request each time the break is over, and no more while that one fails.
        for (var probe = 1; probe <= 3; probe++)
        {
            world.Clock.AdvanceMs(15_001);
            await ServedBySecondaryAsync(world, whole, code);
            await ServedBySecondaryAsync(world, whole, RunErrorCodes.CircuitOpen);
            Assert.Equal(4 + probe, world.Dispatches(Primary));
        }

        // It closes: the minute is over, the probe succeeds, and everything goes to the primary again.
        world.Clock.AdvanceMs(15_001);
        await world.HealAsync();
        for (var run = 1; run <= 5; run++)
        {
            var view = await RunAsync(world);
            Expect.Complete(view, whole);
            Expect.Attempts(view, [null]);
            Assert.Equal(7 + run, world.Dispatches(Primary));
        }
    }

    /// <summary>With nowhere else to go a run waits for the circuit as for any other failure, and says what it was.</summary>
    [Fact]
    public async Task Without_another_leg_an_open_circuit_ends_within_the_attempts()
    {
        await using var world = await FailOverWorld.StartAsync(static options => options.Resilience.CircuitMinimumThroughput = 4);
        await world.FaultAsync("openai/primary", """{"status":503}""");
        for (var run = 1; run <= 4; run++)
        {
            await RunAsync(world);
        }

        using var last = await world.SubmitAsync(new RunSpec { Model = Primary, Retry = new RetrySpec { MaxAttempts = 2, DelayMs = 100 } });
        var view = await last.PassToEndAsync();
        Assert.Equal(RunStatus.Failed, view.Status);
        Assert.Equal(RunErrorCodes.CircuitOpen, view.Attempts[0].Error!.Code);
        Assert.Equal(2, view.Attempts.Count);
        Assert.True(world.Dispatches(Primary) <= 5, "More was sent than the probe.");
    }

    private static async Task ServedBySecondaryAsync(FailOverWorld world, string whole, string code)
    {
        var view = await RunAsync(world);
        Expect.Complete(view, whole);
        Expect.Attempts(view, code, null);
        Assert.Equal(Secondary, view.Attempts[1].Model);
    }

    private static Task<RunView> RunAsync(FailOverWorld world) =>
        world.RunAsync(Expect.Legs(Primary, Secondary) with { Retry = new RetrySpec { MaxAttempts = 1 } });
}
