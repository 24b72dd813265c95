using Orchestrator.Engine.Runs;
using Orchestrator.FailOver.Tests.Kit;

namespace Orchestrator.FailOver.Tests;

/// <summary>Usage, model and finish reason are those of the leg that served, never of the one that was asked for.</summary>
public sealed class ServedLegTests
{
    [Theory]
    [InlineData("openai/m~status=400", "claude/other~events=9")]
    [InlineData("local/m~events=60~truncate=40", "openai/other~events=9")]
    [InlineData("claude/m~events=60~drop=6000", "@cf/a/other~events=9")]
    public async Task Of_the_leg_that_served_after_a_restart(string first, string second)
    {
        await using var world = await FailOverWorld.StartAsync();
        var alone = await world.RunAsync(new RunSpec { Model = second });
        var view = await world.RunAsync(Expect.Legs(first, second));

        Expect.Complete(view, await world.WholeTextAsync(9));
        Assert.NotNull(alone.Usage?.OutputTokens);
        Assert.Equal(alone.Usage, view.Usage);
        Assert.Equal(alone.FinishReason, view.FinishReason);
        Assert.Equal((1, second, alone.Usage), (view.Attempts[1].Leg, view.Attempts[1].Model, view.Attempts[1].Usage));
    }

    /// <summary>Where the second leg goes on, the answer is of both: each attempt has its own, the run their sum.</summary>
    [Fact]
    public async Task Of_both_legs_after_a_continuation()
    {
        await using var world = await FailOverWorld.StartAsync();
        var view = await world.RunAsync(
            Expect.Legs("claude/m~events=60~truncate=40", "openai/other~events=60") with { OnStreamFailure = StreamPolicy.Continue });

        Expect.Complete(view, await world.WholeTextAsync(60));
        var usages = view.Attempts.Select(static attempt => attempt.Usage!).ToArray();
        Assert.Equal(usages.Sum(static usage => usage.InputTokens), view.Usage!.InputTokens);
        Assert.Equal(usages.Sum(static usage => usage.OutputTokens), view.Usage.OutputTokens);
        Assert.True(usages[1].OutputTokens > 0, "The leg that served told no usage.");
    }

    [Fact]
    public async Task Of_the_entry_that_the_gateway_itself_fell_back_to()
    {
        await using var world = await FailOverWorld.StartAsync();
        var alone = await world.RunAsync(new RunSpec { Model = "mistral/other~events=9" });
        var view = await world.RunAsync(new RunSpec
        {
            Model = "openai/m~status=503",
            Fallback = new FallbackSpec { Mode = FallbackSpec.ServerMode, Models = ["mistral/other~events=9"] },
        });

        Expect.Complete(view, await world.WholeTextAsync(9));
        Assert.Equal(alone.Usage, view.Usage);
        Assert.Equal((1, "mistral/other~events=9"), (view.Attempts.Single().Leg, view.Attempts.Single().Model));
    }
}
