using System.Net;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Limits;
using Orchestrator.TestKit.Time;
using Orleans.Runtime;

namespace Orchestrator.Grains.Tests;

/// <summary>The turns of a limit, held by silos that live and die as the test says.</summary>
public sealed class LimitCountTests
{
    private const string Model = "openai/a";
    private const string WorkersAi = "@cf/meta/llama-3.1-8b-instruct";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly SiloAddress Here = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1);
    private static readonly SiloAddress There = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 2), 1);

    private readonly ManualClock _clock = new();
    private readonly LimitOptions _limits = new();
    private int _runs;

    [Fact]
    public Task Silos_share_a_window_and_the_next_in_line_goes_when_a_place_is_free() => Alone(async () =>
    {
        var count = Count(requests: 2);
        var first = Ask(Here);
        Assert.True((await count.AskAsync(first)).TakenAt > 0);
        Assert.True((await count.AskAsync(Ask(There))).TakenAt > 0);
        var third = Ask(There);
        var wait = await count.AskAsync(third);
        Assert.Equal((0, TurnLimits.Requests), (wait.TakenAt, wait.Limit));

        var turn = count.WaitAsync(third, TimeSpan.FromMinutes(5));
        Assert.False(turn.IsCompleted);
        count.Report(Report(Here, Held(first, TurnOutcome.Open, answered: true)));
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.True((await turn).TakenAt > 0);
    });

    [Fact]
    public Task An_ask_that_is_made_again_is_the_same_one() => Alone(async () =>
    {
        var count = Count(requests: 1);
        var ask = Ask(Here);
        var taken = await count.AskAsync(ask);
        Assert.Equal(taken.TakenAt, (await count.AskAsync(ask)).TakenAt);
        Assert.Equal(taken.TakenAt, (await count.WaitAsync(ask, TimeSpan.Zero)).TakenAt);
        Assert.Equal(1, count.Open);
    });

    [Fact]
    public Task A_turn_whose_answer_was_lost_is_given_back_at_a_report_after_the_lease() => Alone(async () =>
    {
        var count = Count(requests: 1, window: 3600);
        await count.AskAsync(Ask(Here));
        count.Report(Report(Here));
        Assert.Equal(1, count.Open);
        _clock.Advance(Lease + TimeSpan.FromSeconds(1));
        count.Report(Report(Here));
        Assert.Equal(0, count.Open);
        Assert.True((await count.AskAsync(Ask(There))).TakenAt > 0);
    });

    [Fact]
    public Task What_a_silo_that_is_gone_held_ends_with_its_lease_and_its_runs_leave_the_line() => Alone(async () =>
    {
        var count = Count(requests: 1, window: 40);
        var held = Ask(Here);
        await count.AskAsync(held);
        var gone = Ask(Here);
        Assert.Equal(0, (await count.WaitAsync(gone, TimeSpan.Zero)).TakenAt);
        var waiting = Ask(There);
        Assert.Equal(1, (await count.WaitAsync(waiting, TimeSpan.Zero)).Ahead);

        _clock.Advance(Lease - TimeSpan.FromSeconds(1));
        await count.WaitAsync(waiting, TimeSpan.Zero);
        await count.ExpireAsync();
        Assert.Equal(1, count.Open);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await count.WaitAsync(waiting, TimeSpan.Zero);
        await count.ExpireAsync();
        Assert.Equal(0, count.Open);
        Assert.Equal(0, (await count.WaitAsync(waiting, TimeSpan.Zero)).Ahead);

        var turn = count.WaitAsync(waiting, TimeSpan.FromMinutes(5));
        _clock.Advance(TimeSpan.FromSeconds(41));
        Assert.True((await turn).TakenAt > 0);
    });

    [Fact]
    public Task A_turn_that_came_for_a_silo_that_is_gone_was_never_sent_and_goes_to_the_next() => Alone(async () =>
    {
        var count = Count(requests: 1, window: 100);
        var first = Ask(Here);
        await count.AskAsync(first);
        await count.WaitAsync(Ask(Here), TimeSpan.Zero);
        var waiting = count.WaitAsync(Ask(There), TimeSpan.FromMinutes(5));
        count.Report(Report(Here, Held(first, TurnOutcome.Closed, answered: true)));

        // The place is free, and the next in line takes it, whom nobody tells.
        _clock.Advance(TimeSpan.FromSeconds(101));
        Assert.False(waiting.IsCompleted);
        await count.ExpireAsync();
        Assert.True((await waiting).TakenAt > 0);
    });

    [Fact]
    public Task A_count_that_moved_goes_on_from_what_silos_hold() => Alone(async () =>
    {
        var before = Count(requests: 2);
        var first = Ask(Here);
        var second = Ask(There);
        await before.AskAsync(first);
        await before.AskAsync(second);
        _clock.Advance(TimeSpan.FromSeconds(20));

        var after = new LimitCount(_limits, Lease, _clock);
        after.TakeUp([Held(first, TurnOutcome.Open), Held(second, TurnOutcome.Closed, answered: true)]);
        Assert.Equal(1, after.Open);
        var third = Ask(Here);
        Assert.Equal(0, (await after.AskAsync(third)).TakenAt);
        var turn = after.WaitAsync(third, TimeSpan.FromMinutes(5));
        _clock.Advance(TimeSpan.FromSeconds(70));
        Assert.True((await turn).TakenAt > 0);
    });

    [Fact]
    public Task Neurons_are_spent_once_however_often_a_report_comes_and_a_count_that_moved_has_them() => Alone(async () =>
    {
        _limits.NeuronsPerDay = 100;
        var count = new LimitCount(_limits, Lease, _clock);
        var ask = Ask(Here, WorkersAi);
        await count.AskAsync(ask);
        var report = Report(Here, Held(ask, TurnOutcome.Closed, answered: true, output: 1_000_000));
        count.Report(report);
        var spent = count.Spent;
        Assert.True(spent.Neurons > 100);
        count.Report(report);
        Assert.Equal(spent, count.Spent);
        Assert.Equal(TurnLimits.Neurons, (await count.AskAsync(Ask(There, WorkersAi))).Limit);

        var moved = new LimitCount(_limits, Lease, _clock);
        moved.TakeUp(spent);
        moved.TakeUp([Held(ask, TurnOutcome.Closed, answered: true, output: 1_000_000)]);
        Assert.Equal(spent, moved.Spent);
        Assert.Equal(TurnLimits.Neurons, (await moved.AskAsync(Ask(There, WorkersAi))).Limit);

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.True((await moved.AskAsync(Ask(There, WorkersAi))).TakenAt > 0);
    });

    [Fact]
    public Task A_refusal_at_one_silo_holds_the_others_back() => Alone(async () =>
    {
        var count = Count(requests: 100);
        var ask = Ask(Here);
        await count.AskAsync(ask);
        count.Report(Report(Here, Held(ask, TurnOutcome.Open, answered: true, refusal: Gateway.ErrorCodes.RateLimit)));
        Assert.Equal(TurnLimits.RetryAfter, (await count.AskAsync(Ask(There))).Limit);
        _clock.Advance(TimeSpan.FromSeconds(21));
        Assert.True((await count.AskAsync(Ask(There))).TakenAt > 0);
    });

    /// <summary>As in a grain: one piece of code at a time, and what is awaited goes on after it.</summary>
    private static Task Alone(Func<Task> test) => Task.Factory.StartNew(
        test, CancellationToken.None, TaskCreationOptions.DenyChildAttach, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    private LimitCount Count(int requests, double window = 60)
    {
        _limits.Models.Add(new ModelLimit { Model = Model, Requests = requests, WindowSeconds = window });
        return new LimitCount(_limits, Lease, _clock);
    }

    private TurnAsk Ask(SiloAddress silo, string model = Model) => new()
    {
        Turn = Guid.NewGuid(),
        Holder = silo,
        Run = RunId.Create(_clock.GetUtcNow(), new Random(_runs)).ToString(),
        Tenant = "",
        Model = model,
        Task = "text-generation",
        CreatedAt = _clock.NowMs + _runs++,
    };

    private HeldTurn Held(TurnAsk ask, TurnOutcome outcome, bool answered = false, long? output = null, string? refusal = null) => new()
    {
        Ask = ask,
        TakenAt = _clock.NowMs,
        AnsweredAt = answered ? _clock.NowMs : 0,
        Refusal = refusal,
        RetryAfter = refusal is null ? null : TimeSpan.FromSeconds(20),
        Outcome = outcome,
        OutputTokens = output,
    };

    private static TurnReport Report(SiloAddress silo, params HeldTurn[] changed) => new()
    {
        Holder = silo,
        Changed = changed,
        Open = [.. changed.Where(static turn => turn.Outcome == TurnOutcome.Open).Select(static turn => turn.Ask.Turn)],
    };
}
