using System.Net;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Limits;
using Orchestrator.Grains.Tests.Kit;
using Orleans.Runtime;

namespace Orchestrator.Grains.Tests;

/// <summary>Limits of the account hold for all silos together.</summary>
public sealed class LimitsTests
{
    private const string Model = "openai/a";
    private const string Limit = "text-generation openai/a";

    [Fact]
    public async Task Two_silos_share_one_window_and_a_run_that_waits_says_so()
    {
        await using var cluster = await RunCluster.StartAsync(2, limits: Requests(2, window: 3600));
        Assert.Equal(RunStatus.Running, await StatusAsync(cluster, 0, await cluster.SubmitAsync(0)));
        Assert.Equal(RunStatus.Running, await StatusAsync(cluster, 1, await cluster.SubmitAsync(1)));
        var third = await cluster.SubmitAsync(0);
        var fourth = await cluster.SubmitAsync(1);

        await UntilAsync(async () => (await cluster.Runs(0).GetAsync("", third, TestContext.Current.CancellationToken))!
            is { Status: RunStatus.Queued, Queue: { Limit: TurnLimits.Requests } queue } && queue.Message.Contains("2 requests in 3600 s", StringComparison.Ordinal));
        Assert.Equal(RunStatus.Queued, await StatusAsync(cluster, 1, fourth));
        Assert.Equal(0, cluster.Gateway.Dispatches(third) + cluster.Gateway.Dispatches(fourth));
    }

    [Fact]
    public async Task The_days_neurons_are_one_budget_for_all_silos()
    {
        // A request is estimated at 32 neurons.
        await using var cluster = await RunCluster.StartAsync(2, limits: static limits => limits.NeuronsPerDay = 40);
        await cluster.SubmitAsync(0, "@cf/some/model");
        await cluster.SubmitAsync(1, "@cf/some/model");
        var third = await cluster.SubmitAsync(0, "@cf/another/model");
        await UntilAsync(async () => (await cluster.Runs(0).GetAsync("", third, TestContext.Current.CancellationToken))!
            is { Status: RunStatus.Queued, Queue.Limit: TurnLimits.Neurons });
        Assert.Equal(0, cluster.Gateway.Dispatches(third));
    }

    [Fact]
    public async Task A_count_whose_silo_dies_goes_on_elsewhere_with_what_the_others_hold()
    {
        await using var cluster = await RunCluster.StartAsync(3, limits: Requests(2, window: 3600));
        var counting = await CountingAsync(cluster);
        var others = Enumerable.Range(0, 3).Where(silo => silo != counting).ToArray();
        await cluster.SubmitAsync(others[0]);
        await cluster.SubmitAsync(others[1]);

        await cluster.KillAsync(counting);
        var third = await cluster.SubmitAsync(1);
        Assert.Equal(RunStatus.Queued, await StatusAsync(cluster, 1, third));
        await UntilAsync(async () => (await cluster.Runs(1).GetAsync("", third, TestContext.Current.CancellationToken))!
            is { Queue: { } queue } && queue.Message.Contains("2 requests in 3600 s", StringComparison.Ordinal));
        Assert.Equal(0, cluster.Gateway.Dispatches(third));
    }

    [Fact]
    public async Task What_waited_in_the_line_at_a_silo_that_died_waits_on_elsewhere()
    {
        await using var cluster = await RunCluster.StartAsync(2, limits: Requests(1, window: 3600));
        var counting = await CountingAsync(cluster);
        var dying = 1 - counting;
        var first = await cluster.SubmitAsync(dying);

        // A dispatch that the death catches without its answer would be made again, and wait for a turn with the others.
        await cluster.HasReadAsync(first, 2);
        var second = await cluster.SubmitAsync(dying);
        var third = await cluster.SubmitAsync(counting);
        await UntilAsync(async () => await WaitsAsync(cluster, dying, second) && await WaitsAsync(cluster, counting, third));
        await cluster.KillAsync(dying);

        // Its old place leaves the line by itself, as another test has it.
        await UntilAsync(async () => cluster.Host(0).Find(second) is not null && await WaitsAsync(cluster, 0, second));
        Assert.Equal(RunStatus.Queued, await StatusAsync(cluster, 0, third));
        Assert.Equal((1, 0, 0), (cluster.Gateway.Dispatches(first), cluster.Gateway.Dispatches(second), cluster.Gateway.Dispatches(third)));
    }

    [Fact]
    public async Task A_place_that_nobody_asks_for_any_more_leaves_the_line()
    {
        await using var cluster = await RunCluster.StartAsync(1, limits: Requests(1, window: 3600));
        var run = await cluster.SubmitAsync(0);
        var grain = cluster.Service<IGrainFactory>(0).GetGrain<ILimitGrain>(Limit);
        var gone = Ask(SiloAddress.New(IPAddress.Loopback, 1, 1), run, createdAt: 1);
        Assert.Equal(0, (await grain.WaitAsync(gone, TimeSpan.Zero)).TakenAt);
        await UntilAsync(async () => (await grain.AskAsync(Ask(cluster.Address(0), run, createdAt: long.MaxValue / 2))).Ahead == 0);
    }

    [Fact]
    public async Task The_turn_of_a_submission_is_held_for_as_long_as_its_attempt_lasts()
    {
        await using var cluster = await RunCluster.StartAsync(2, limits: Requests(10, window: 3600));
        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 2);
        var held = Assert.Single(cluster.Service<ClusterTurns>(0).Held(Limit));
        Assert.Equal((run.ToString(), TurnOutcome.Open), (held.Ask.Run, held.Outcome));
        Assert.NotEqual(0, held.AnsweredAt);

        cluster.Gateway.Advance(run);
        await UntilAsync(() => Task.FromResult(cluster.Service<ClusterTurns>(0).Held(Limit) is [{ Outcome: TurnOutcome.Closed }]));
        Assert.Empty(cluster.Service<ClusterTurns>(1).Held(Limit));
    }

    private static Action<LimitOptions> Requests(int requests, double window) =>
        limits => limits.Models.Add(new ModelLimit { Model = Model, Requests = requests, WindowSeconds = window });

    private static TurnAsk Ask(SiloAddress holder, RunId run, long createdAt) => new()
    {
        Turn = Guid.NewGuid(),
        Holder = holder,
        Run = run.ToString(),
        Tenant = "",
        Model = Model,
        Task = "text-generation",
        CreatedAt = createdAt,
    };

    private static async Task<RunStatus> StatusAsync(RunCluster cluster, int silo, RunId run) =>
        (await cluster.Runs(silo).GetAsync("", run, TestContext.Current.CancellationToken))!.Status;

    /// <summary>The silo that has the count.</summary>
    private static async Task<int> CountingAsync(RunCluster cluster)
    {
        var grain = cluster.Service<IGrainFactory>(0).GetGrain<ILimitGrain>(Limit);
        await grain.ReportAsync(new TurnReport { Holder = cluster.Address(0), Changed = [], Open = [] });
        Assert.True(cluster.Silos.TryGetGrainContext(grain.GetGrainId(), out var context));
        return Enumerable.Range(0, cluster.Silos.Silos.Count).Single(silo => cluster.Address(silo).Equals(context!.Address.SiloAddress));
    }

    /// <summary>In the line, as its count told.</summary>
    private static async Task<bool> WaitsAsync(RunCluster cluster, int silo, RunId run) =>
        (await cluster.Runs(silo).GetAsync("", run, TestContext.Current.CancellationToken))! is { Status: RunStatus.Queued, Queue.Limit: TurnLimits.Requests };

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(RunCluster.Patience);
        while (!await holds())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
