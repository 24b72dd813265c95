using Orchestrator.Engine.Runs;
using Orchestrator.FailOver.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.FailOver.Tests;

/// <summary>What goes wrong before anything was shown: tried again within the leg's attempts, or the next leg, or a named error.</summary>
public sealed class BeforeTheFirstEventTests
{
    [Theory]
    [InlineData("openai/m")]
    [InlineData("local/m")]
    public async Task A_429_with_Retry_After_waits_as_long_as_it_says(string slug)
    {
        var model = $"{slug}~events=9~status=429x1~retryafter=7";
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec { Model = model });
        var view = await run.PassToEndAsync();

        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, ErrorCodes.RateLimit, null);
        Assert.Equal(TimeSpan.FromSeconds(7), view.Attempts[1].StartedAt - view.Attempts[0].EndedAt);
        world.HasWaited(7, 7);
        Assert.Equal(2, world.Dispatches(Expect.AtUpstream(model)));
    }

    [Fact]
    public async Task A_429_without_Retry_After_backs_off()
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec { Model = "openai/m~events=9~status=429x2", Retry = new RetrySpec { DelayMs = 1_000 } });
        var view = await run.PassToEndAsync();

        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, ErrorCodes.RateLimit, ErrorCodes.RateLimit, null);

        // A second and then two, less up to half by the jitter.
        Assert.True(view.Attempts[1].StartedAt - view.Attempts[0].EndedAt >= TimeSpan.FromSeconds(0.5));
        Assert.True(view.Attempts[2].StartedAt - view.Attempts[1].EndedAt >= TimeSpan.FromSeconds(1));
        world.HasWaited(0.5, 1);
        world.HasWaited(1, 2);
        Assert.Equal(3, world.Dispatches("openai/m~events=9~status=429x2"));
    }

    [Fact]
    public async Task A_429_that_asks_for_too_long_a_wait_is_left_for_the_next_leg_at_once()
    {
        await using var world = await FailOverWorld.StartAsync();
        var view = await world.RunAsync(Expect.Legs("openai/m~status=429~retryafter=600", "local/m~events=9"));

        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, ErrorCodes.RateLimit, null);
    }

    [Fact]
    public async Task A_429_for_ever_ends_within_its_attempts()
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec { Model = "openai/m~status=429~retryafter=2" });
        var view = await run.PassToEndAsync();

        Expect.Failed(view, ErrorCodes.RateLimit);
        Assert.Equal(3, world.Dispatches("openai/m~status=429~retryafter=2"));
    }

    [Theory]
    [InlineData("openai/m")]
    [InlineData("anthropic/m")]
    [InlineData("@cf/a/m")]
    [InlineData("mistral/m")]
    [InlineData("local/m")]
    [InlineData("claude/m")]
    public async Task A_500_once_is_tried_again(string slug)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec { Model = $"{slug}~events=9~status=500x1" });
        var view = await run.PassToEndAsync();

        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, ErrorCodes.ProviderError, null);
        Assert.Equal(2, world.Dispatches(Expect.AtUpstream($"{slug}~events=9~status=500x1")));
    }

    [Theory]
    [InlineData("openai/m~status=503")]
    [InlineData("claude/m~status=503")]
    public async Task A_503_for_ever_ends_within_its_attempts_and_is_named(string model)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec { Model = model, Retry = new RetrySpec { MaxAttempts = 4 } });
        var view = await run.PassToEndAsync();

        Expect.Failed(view, ErrorCodes.ProviderError);
        Assert.Equal(503, view.Error!.Status);
        Assert.Equal((4, 4L), (view.Attempts.Count, world.Dispatches(Expect.AtUpstream(model))));
        Assert.True(view.EndedAt - view.CreatedAt < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_503_for_ever_goes_to_the_next_leg_when_its_attempts_are_used_up()
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(Expect.Legs("openai/m~status=503", "claude/m~events=9"));
        var view = await run.PassToEndAsync();

        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, ErrorCodes.ProviderError, ErrorCodes.ProviderError, ErrorCodes.ProviderError, null);
        Assert.Equal((3, 1L), (world.Dispatches("openai/m~status=503"), world.Dispatches(Expect.AtUpstream("claude/m~events=9"))));
    }

    [Theory]
    [InlineData("openai/m")]
    [InlineData("local/m")]
    public async Task A_reset_before_the_headers_is_tried_again(string slug)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec { Model = $"{slug}~events=9~refuse=x2" });
        var view = await run.PassToEndAsync();

        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, ErrorCodes.GatewayError, ErrorCodes.GatewayError, null);
        Assert.Equal(3, world.Dispatches(Expect.AtUpstream($"{slug}~events=9~refuse=x2")));
    }

    [Fact]
    public async Task A_reset_for_ever_ends_within_its_attempts_and_is_named()
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec { Model = "local/m~refuse" });
        var view = await run.PassToEndAsync();

        Expect.Failed(view, ErrorCodes.GatewayError);
        Assert.Equal((3, 3L), (view.Attempts.Count, world.Dispatches("mistral/m~refuse")));
    }

    /// <summary>Whoever asks why is told of every attempt: what was asked, on which way, what it answered, when.</summary>
    [Fact]
    public async Task When_every_leg_has_failed_the_error_carries_the_whole_attempt_tree()
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(
            Expect.Legs("openai/m~status=503", "mistral/m~contextlength", "local/m~refuse") with { Retry = new RetrySpec { MaxAttempts = 2 } });
        var view = await run.PassToEndAsync();

        Expect.Failed(view, ErrorCodes.GatewayError);
        var (type, failed) = run.Events[^1];
        Assert.Equal("run.failed", type);
        var tree = failed.GetProperty("attempts").EnumerateArray().ToArray();
        Assert.Equal(
            [
                "1 0 openai/m~status=503 run 503 provider-error",
                "2 0 openai/m~status=503 run 503 provider-error",
                "3 1 mistral/m~contextlength gateway 400 bad-request",
                "4 2 local/m~refuse direct  gateway-error",
                "5 2 local/m~refuse direct  gateway-error",
            ],
            tree.Select(static one =>
                $"{one.GetProperty("attempt")} {one.GetProperty("leg")} {one.GetProperty("model")} {one.GetProperty("transport")} "
                + $"{one.GetProperty("error").GetProperty("status")} {one.GetProperty("error").GetProperty("code")}"),
            StringComparer.Ordinal);
        Assert.All(tree, static one => Assert.NotEmpty(one.GetProperty("error").GetProperty("message").GetString()!));
        var times = tree.SelectMany(static one => new[] { one.GetProperty("startedAt").GetDateTimeOffset(), one.GetProperty("endedAt").GetDateTimeOffset() }).ToArray();
        Assert.Equal(times.Order(), times);
        Assert.Equal(view.Attempts.Select(static one => one.StartedAt), times.Where(static (_, i) => i % 2 == 0));
        Assert.Equal(5, world.AllDispatches);
    }

    /// <summary>No byte of an answer comes, or its headers and then nothing.</summary>
    [Theory]
    [InlineData("openai/m~hold=99999999")]
    [InlineData("openai/m~first=99999999")]
    [InlineData("local/m~hold=99999999")]
    [InlineData("local/m~first=99999999")]
    public async Task Silence_until_the_deadline_is_left_for_the_next_leg(string model)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(Expect.Legs(model, "anthropic/m~events=9") with { Timeouts = new TimeoutSpec { FirstEventMs = 10_000 } });
        await run.UntilDispatchedAsync(Expect.AtUpstream(model));
        await run.PassUntilAsync("attempt.failed", 1, TimeSpan.FromSeconds(10));
        var view = await run.EndAsync();

        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, RunErrorCodes.FirstEventTimeout, null);
        Assert.Equal((1, 1L), (world.Dispatches(Expect.AtUpstream(model)), world.Dispatches("anthropic/m~events=9")));
        Assert.True(view.Attempts[0].EndedAt - view.Attempts[0].StartedAt >= TimeSpan.FromSeconds(10));
        world.HasWaited(10, 10);
    }

    [Fact]
    public async Task Silence_for_ever_ends_within_the_attempts_and_is_named()
    {
        const string Model = "openai/m~hold=99999999";
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(new RunSpec
        {
            Model = Model, Retry = new RetrySpec { MaxAttempts = 2 }, Timeouts = new TimeoutSpec { FirstEventMs = 10_000 },
        });
        await run.UntilDispatchedAsync(Model);
        await run.PassUntilAsync("attempt.failed", 1, TimeSpan.FromSeconds(10));
        await run.PassRetryAsync(2, deadline: TimeSpan.FromSeconds(10));
        await run.UntilDispatchedAsync(Model, times: 2);
        await run.PassUntilAsync("attempt.failed", 2, TimeSpan.FromSeconds(10));
        var view = await run.EndAsync();

        Expect.Failed(view, RunErrorCodes.FirstEventTimeout);
        Expect.Attempts(view, RunErrorCodes.FirstEventTimeout, RunErrorCodes.FirstEventTimeout);
        Assert.Equal(2, world.Dispatches(Model));
    }

    /// <summary>Slow is not dead: no attempt is given up, and none is made beside it.</summary>
    [Theory]
    [InlineData("openai/m~events=9~first=9500")]
    [InlineData("claude/m~events=9~hold=9500")]
    public async Task A_slow_first_event_is_waited_for(string model)
    {
        await using var world = await FailOverWorld.StartAsync();
        using var run = await world.SubmitAsync(
            Expect.Legs(model, "openai/other") with { Timeouts = new TimeoutSpec { FirstEventMs = 10_000, IdleMs = 5_000 } });
        await run.UntilWaitingAsync(TimeSpan.FromMilliseconds(9_500));
        if (model.Contains("first", StringComparison.Ordinal))
        {
            await run.UntilAsync("attempt.attached", 1);
        }

        world.Clock.AdvanceMs(9_400);
        world.Clock.AdvanceMs(200);
        var view = await run.EndAsync();

        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, [null]);
        Assert.Equal((1, 0L), (world.Dispatches(Expect.AtUpstream(model)), world.Dispatches("openai/other")));
    }

    /// <summary>What is wrong with the request is wrong however often it is sent: one dispatch, then the next leg, or the provider's word.</summary>
    [Theory]
    [InlineData("openai/m~contextlength")]
    [InlineData("local/m~contextlength")]
    [InlineData("claude/m~contextlength")]
    [InlineData("@cf/a/m~contextlength")]
    [InlineData("openai/m~filter")]
    [InlineData("claude/m~filter")]
    public async Task A_400_is_not_tried_again(string model)
    {
        await using var world = await FailOverWorld.StartAsync();
        var view = await world.RunAsync(Expect.Legs(model, "local/other~events=9"));
        Expect.Complete(view, await world.WholeTextAsync(9));
        Expect.Attempts(view, ErrorCodes.BadRequest, null);
        Assert.Equal(1, world.Dispatches(Expect.AtUpstream(model)));

        view = await world.RunAsync(new RunSpec { Model = model });
        Expect.Failed(view, ErrorCodes.BadRequest);
        Assert.Equal(400, view.Error!.Status);
        Assert.Equal((1, 2L), (view.Attempts.Count, world.Dispatches(Expect.AtUpstream(model))));
    }
}
