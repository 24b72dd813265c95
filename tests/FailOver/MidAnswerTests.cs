using Orchestrator.Engine.Runs;
using Orchestrator.FailOver.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.FailOver.Tests;

/// <summary>
/// What goes wrong after some of the answer was shown. What can be resumed is; else the run's policy says what becomes of it. A fragment is
/// never a success.
/// </summary>
public sealed class MidAnswerTests
{
    /// <summary>A cut in the middle of an event, a clean end, a cut of every connection: the gateway has the rest, and generates once.</summary>
    [Theory]
    [InlineData("openai/m~events=60~drop=9000")]
    [InlineData("openai/m~events=60~cleanend=40")]
    [InlineData("openai/m~events=60~dropevery=6000")]
    [InlineData("anthropic/m~events=60~drop=6000")]
    [InlineData("anthropic/m~events=60~cleanend=40")]
    public async Task A_cut_after_40_of_60_events_is_resumed(string model)
    {
        await using var world = await FailOverWorld.StartAsync();
        var view = await world.RunAsync(Expect.Legs(model, "openai/other"));

        Expect.Complete(view, await world.WholeTextAsync(60));
        Expect.Attempts(view, [null]);
        Assert.True(view.Attempts[0].Reattaches > 0, "It was never cut.");
        Assert.Equal((1, 0L), (world.Dispatches(model), world.Dispatches("openai/other")));
    }

    [Theory]
    [InlineData("local/m~events=60~drop=9000", RunErrorCodes.StreamBroken)]
    [InlineData("claude/m~events=60~drop=6000", RunErrorCodes.StreamBroken)]
    [InlineData("mistral/m~events=60~drop=9000", RunErrorCodes.StreamBroken)]
    [InlineData("@cf/a/m~events=60~drop=3000", RunErrorCodes.StreamBroken)]
    [InlineData("local/m~events=60~truncate=40", RunErrorCodes.StreamTruncated)]
    [InlineData("claude/m~events=60~truncate=40", RunErrorCodes.StreamTruncated)]
    [InlineData("openai/m~events=60~truncate=40", RunErrorCodes.StreamTruncated)]
    [InlineData("local/m~events=60~error=40", ErrorCodes.ProviderError)]
    [InlineData("claude/m~events=60~error=40", ErrorCodes.ProviderError)]
    [InlineData("openai/m~events=60~error=40", ErrorCodes.ProviderError)]
    public async Task A_cut_after_40_of_60_events_that_can_not_be_resumed_goes_by_the_policy(string model, string code)
    {
        await using var world = await FailOverWorld.StartAsync();
        var whole = await world.WholeTextAsync(60);

        // No policy and no other leg: an error, with what there is.
        var view = await world.RunAsync(new RunSpec { Model = model });
        Expect.Failed(view, code);
        Expect.Attempts(view, code);
        Expect.Fragment(whole, view.Output.Text);

        view = await world.RunAsync(new RunSpec { Model = model, OnStreamFailure = StreamPolicy.AcceptPartial });
        Assert.Equal((RunStatus.Completed, true, code), (view.Status, view.Incomplete, view.IncompleteReason));
        Expect.Fragment(whole, view.Output.Text);

        // Another leg: it starts over, which is the default then, or goes on.
        view = await world.RunAsync(Expect.Legs(model, "openai/other~events=60"));
        Expect.Complete(view, whole);
        Expect.Attempts(view, code, null);
        view = await world.RunAsync(Expect.Legs(model, "claude/other~events=60") with { OnStreamFailure = StreamPolicy.Continue });
        Expect.Complete(view, whole);
        Expect.Attempts(view, code, null);
        Assert.Equal(4, world.Dispatches(Expect.AtUpstream(model)));
    }

    [Theory]
    [InlineData(StreamPolicy.Restart)]
    [InlineData(StreamPolicy.Continue)]
    public async Task A_leg_that_is_cut_every_time_ends_within_its_attempts(StreamPolicy policy)
    {
        const string Model = "local/m~events=60~truncate=3";
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec { Model = Model, OnStreamFailure = policy });
        var view = await run.PassToEndAsync();

        Expect.Failed(view, RunErrorCodes.StreamTruncated);
        Assert.Equal((3, 3L), (view.Attempts.Count, world.Dispatches(Expect.AtUpstream(Model))));
    }

    [Theory]
    [InlineData("openai/m~events=60~stall=40")]
    [InlineData("anthropic/m~events=60~stall=40")]
    public async Task A_stall_is_a_broken_connection_and_resumed(string model)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec { Model = model, Timeouts = new TimeoutSpec { IdleMs = 5_000 } });
        await run.UntilEventsAsync(40);
        await run.PassUntilAsync("attempt.detached", 1, TimeSpan.FromSeconds(5));
        var view = await run.EndAsync();

        Expect.Complete(view, await world.WholeTextAsync(60));
        Expect.Attempts(view, [null]);
        Assert.Equal((1, 1L), (view.Attempts[0].Reattaches, world.Dispatches(model)));
    }

    [Theory]
    [InlineData("local/m~events=60~stall=40")]
    [InlineData("claude/m~events=60~stall=40")]
    public async Task A_stall_that_can_not_be_resumed_is_continued_by_the_next_leg(string model)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(Expect.Legs(model, "openai/other~events=60") with
        {
            OnStreamFailure = StreamPolicy.Continue, Timeouts = new TimeoutSpec { IdleMs = 5_000 },
        });
        await run.UntilEventsAsync(40);
        await run.PassUntilAsync("attempt.failed", 1, TimeSpan.FromSeconds(5));
        var view = await run.EndAsync();

        Expect.Complete(view, await world.WholeTextAsync(60));
        Expect.Attempts(view, RunErrorCodes.StreamBroken, null);
        Assert.Equal(1, world.Dispatches(Expect.AtUpstream(model)));
    }

    /// <summary>What it said is lost, and nothing says how much that was: the answer is there, and marked.</summary>
    [Theory]
    [InlineData("openai/m~events=60~malformed=40")]
    [InlineData("claude/m~events=60~malformed=40")]
    [InlineData("@cf/a/m~events=60~malformed=40")]
    public async Task A_malformed_event_makes_no_plain_success(string model)
    {
        await using var world = await FailOverWorld.StartAsync();
        var view = await world.RunAsync(new RunSpec { Model = model });

        Assert.Equal((RunStatus.Completed, true, "malformed-event"), (view.Status, view.Incomplete, view.IncompleteReason));
        Assert.Contains(view.Warnings, static warning => warning.Code == "malformed-event");
        Assert.True(view.Output.Text.Length < (await world.WholeTextAsync(60)).Length, "Nothing was lost.");
        Assert.Equal(1, world.Dispatches(Expect.AtUpstream(model)));
    }

    [Theory]
    [InlineData("openai/m~events=60~nodone")]
    [InlineData("anthropic/m~events=60~nodone")]
    [InlineData("local/m~events=60~nodone")]
    [InlineData("claude/m~events=60~nodone")]
    public async Task An_answer_without_DONE_is_complete_by_its_finish_reason(string model)
    {
        await using var world = await FailOverWorld.StartAsync();
        var view = await world.RunAsync(new RunSpec { Model = model });

        Expect.Complete(view, await world.WholeTextAsync(60));
        Assert.Equal((FinishReasons.Stop, 1L), (view.FinishReason, world.Dispatches(Expect.AtUpstream(model))));
    }

    /// <summary>Broken between the finish reason and what follows it: taken up again for the usage; where that can not be had, only the usage is missing.</summary>
    [Theory]
    [InlineData("openai/m~events=9~stall=11", 1, true)]
    [InlineData("openai/m~events=9~stall=11~expired", 1, false)]
    [InlineData("local/m~events=9~stall=11", 0, false)]
    public async Task A_break_after_the_finish_reason_costs_at_most_the_usage(string model, int losses, bool hasUsage)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(Expect.Legs(model, "openai/other") with { Timeouts = new TimeoutSpec { IdleMs = 5_000 } });
        await run.UntilEventsAsync(11);
        if (losses > 0)
        {
            await run.PassUntilAsync("attempt.detached", 1, TimeSpan.FromSeconds(5));
        }

        // Where it is taken up again no time passes: the answer may be slow to come, and is not to be lost once more.
        var view = await (losses > 0 ? run.EndAsync() : run.PassUntilEndedAsync(TimeSpan.FromSeconds(5)));

        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, [null]);
        Assert.Equal((FinishReasons.Stop, hasUsage), (view.FinishReason, view.Usage is not null));
        Assert.Equal(losses, run.Events.Count(static one => one.Type == "attempt.detached"));
        Assert.Equal((1, 0L), (world.Dispatches(Expect.AtUpstream(model)), world.Dispatches("openai/other")));
    }

    /// <summary>Workers AI has no finish reason in its own format: without its marker nothing tells that it has said all.</summary>
    [Fact]
    public async Task An_answer_with_neither_DONE_nor_a_finish_reason_is_no_success()
    {
        await using var world = await FailOverWorld.StartAsync();
        var view = await world.RunAsync(new RunSpec { Model = "@cf/a/m~events=60~nodone" });

        Expect.Failed(view, RunErrorCodes.StreamTruncated);
        Assert.Equal(await world.WholeTextAsync(60), view.Output.Text);
    }

    /// <summary>The refusal hides nothing: the run goes on with a user's turn at the same leg, and the failure that made it necessary is told.</summary>
    [Theory]
    [InlineData("openai/m~events=60~truncate=40", "claude/claude-sonnet-4-5~events=60~prefill400")]
    [InlineData("local/m~events=60~drop=9000", "anthropic/claude-haiku-4.5~events=60~prefill400")]
    [InlineData("claude/m~events=60~truncate=40", "groq/llama~events=60~prefill400")]
    public async Task A_fallback_that_rejects_a_prefill_is_asked_by_a_users_turn(string first, string second)
    {
        await using var world = await FailOverWorld.StartAsync();
        var view = await world.RunAsync(Expect.Legs(first, second) with
        {
            OnStreamFailure = StreamPolicy.Continue, Retry = new RetrySpec { MaxAttempts = 1 },
        });

        Expect.Complete(view, await world.WholeTextAsync(60));
        Assert.Equal("none prefill user-turn", string.Join(' ', view.Attempts.Select(Expect.Continuation)));
        Assert.Equal(2, world.Dispatches(Expect.AtUpstream(second)));
    }
}
