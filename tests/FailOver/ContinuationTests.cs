using Orchestrator.Engine.Runs;
using Orchestrator.FailOver.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.FailOver.Tests;

/// <summary>How the next leg goes on from a partial answer: by what its model can do, and never with anything said twice.</summary>
public sealed class ContinuationTests
{
    private const string Cut = "openai/m~events=60~truncate=40";

    [Theory]
    [InlineData("anthropic/claude-sonnet-4-5~events=60", "prefill")]
    [InlineData("claude/claude-haiku-4.5~events=60", "prefill")]
    [InlineData("groq/llama~events=60", "prefill")]
    [InlineData("anthropic/claude-sonnet-4-6~events=60~prefill400", "user-turn")]
    [InlineData("openai/other~events=60", "user-turn")]
    [InlineData("@cf/a/other~events=60", "user-turn")]
    [InlineData("local/other~events=60", "user-turn")]
    public async Task A_leg_goes_on_as_its_model_can(string next, string how)
    {
        await using var world = await FailOverWorld.StartAsync();
        var view = await world.RunAsync(Expect.Legs(Cut, next) with { OnStreamFailure = StreamPolicy.Continue });

        Expect.Complete(view, await world.WholeTextAsync(60));
        Assert.Equal($"none {how}", string.Join(' ', view.Attempts.Select(Expect.Continuation)));
        Assert.Equal(1, world.Dispatches(Expect.AtUpstream(next)));
    }

    /// <summary>A refusal hides nothing: prefill, then a user's turn, then from the beginning, and none of it counts as the leg's attempts.</summary>
    [Fact]
    public async Task A_leg_that_refuses_both_starts_over()
    {
        const string Next = "claude/claude-sonnet-4-5~events=60~prefill400~goon400";
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(Expect.Legs(Cut, Next) with
        {
            OnStreamFailure = StreamPolicy.Continue, Retry = new RetrySpec { MaxAttempts = 1 },
        });
        var view = await run.EndAsync();

        Expect.Complete(view, await world.WholeTextAsync(60));
        Assert.Equal("none prefill user-turn none", string.Join(' ', view.Attempts.Select(Expect.Continuation)));
        Expect.Attempts(view, RunErrorCodes.StreamTruncated, ErrorCodes.BadRequest, ErrorCodes.BadRequest, null);
        Assert.Single(run.Events, static one => one.Type == "output.reset");
        Expect.Told(run, view);
    }

    [Theory]
    [InlineData("openai/other~events=60~repeat=25")]
    [InlineData("openai/other~events=60~repeat=140")]
    [InlineData("claude/other~events=60~repeat=100000")] // It says all of it again.
    [InlineData("@cf/a/other~events=60~repeat=60")]
    [InlineData("local/other~events=60~repeat=61~onebyte")]
    public async Task What_the_next_leg_says_again_is_shown_once(string next)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(Expect.Legs(Cut, next) with { OnStreamFailure = StreamPolicy.Continue });
        var view = await run.EndAsync();

        Expect.Complete(view, await world.WholeTextAsync(60));
        Expect.Told(run, view);
        Assert.DoesNotContain(run.Events, static one => one.Type == "output.reset");
    }

    /// <summary>Half a call, or half a JSON document, is not gone on from.</summary>
    [Theory]
    [InlineData("openai/m~events=9~tool~truncate=12", "")]
    [InlineData("openai/m~truncate=2", ""","response_format":{"type":"json_object"}""")]
    public async Task Tool_calls_and_JSON_start_over(string first, string more)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(
            Expect.Legs(first, "openai/other~events=9~tool") with { OnStreamFailure = StreamPolicy.Continue }, more);
        var view = await run.EndAsync();

        Assert.True(view is { Status: RunStatus.Completed, Incomplete: false }, view.Error?.Message);
        Assert.Equal("none none", string.Join(' ', view.Attempts.Select(Expect.Continuation)));
        Assert.Single(view.Output.ToolCalls);
        Assert.Single(run.Events, static one => one.Type == "output.reset");
    }
}
