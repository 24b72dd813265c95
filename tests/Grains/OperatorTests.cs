using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;
using Orchestrator.Grains.Others;
using Orchestrator.Grains.Tests.Kit;

namespace Orchestrator.Grains.Tests;

/// <summary>Whoever looks at one silo sees the runs of all of them.</summary>
public sealed class OperatorTests
{
    [Fact]
    public async Task A_feed_at_one_silo_tells_of_the_runs_of_another()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var there = cluster.Runs(1).Operations;
        await there.HearAsync(isWhole: true, TestContext.Current.CancellationToken);
        var place = there.Changes.Head;

        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 5);
        Assert.Equal(0, cluster.SiloOf(run));
        await there.HearAsync(isWhole: true, TestContext.Current.CancellationToken);
        var page = there.Changes.Read("", place);
        var told = Assert.Single(page.Changes);
        Assert.Equal((run, RunStatus.Running, RunPhase.Streaming), (told.Run, told.Summary!.Status, told.Summary.Phase!.Value));
        Assert.True(told.Summary.Events >= 5);
        Assert.False(page.TooOld);
        Assert.Empty(there.Changes.Read("other", place).Changes);

        var ended = cluster.EndOf(run);
        cluster.Gateway.Advance(run);
        await ended;
        await cluster.Runs(0).WaitForEndAsync("", run, RunCluster.Patience, TestContext.Current.CancellationToken);
        await there.HearAsync(isWhole: false, TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Completed, Assert.Single(there.Changes.Read("", page.Position).Changes).Summary!.Status);

        await cluster.Runs(0).DeleteAsync("", run, TestContext.Current.CancellationToken);
        await there.HearAsync(isWhole: false, TestContext.Current.CancellationToken);
        Assert.Null(Assert.Single(there.Changes.Read("", page.Position).Changes).Summary);
    }

    /// <summary>However much changes there, a look brings so much, and nothing is left out for good.</summary>
    [Fact]
    public async Task What_is_too_much_for_one_look_is_told_at_the_next_ones_each_run_once()
    {
        await using var cluster = await RunCluster.StartAsync(2, heardAtOnce: 2);
        var there = cluster.Runs(1).Operations;
        await there.HearAsync(isWhole: true, TestContext.Current.CancellationToken);
        var place = there.Changes.Head;
        var runs = new List<RunId>();
        for (var i = 0; i < 5; i++)
        {
            runs.Add(await cluster.SubmitAsync(0));
            await cluster.HasReadAsync(runs[i], 3);
        }

        // The first one changes once more before its turn has come: it waits behind the others.
        await ReadOnAsync(runs[0]);
        Assert.Equal([runs[1], runs[2]], await LookAsync(isWhole: true));
        Assert.Equal([runs[3], runs[4]], await LookAsync(isWhole: true));
        await ReadOnAsync(runs[1]);
        Assert.Equal([runs[0], runs[1]], await LookAsync(isWhole: true));
        Assert.Empty(await LookAsync(isWhole: true));

        // Ends are more than progress, and told between two whole looks: as many at a time.
        var ended = runs.Select(cluster.EndOf).ToList();
        foreach (var run in runs)
        {
            cluster.Gateway.Advance(run);
        }

        await Task.WhenAll(ended);
        foreach (var run in runs)
        {
            await cluster.Runs(0).WaitForEndAsync("", run, RunCluster.Patience, TestContext.Current.CancellationToken);
        }

        var told = new List<RunId>();
        foreach (var most in new[] { 2, 2, 1, 0 })
        {
            var look = await LookAsync(isWhole: false);
            Assert.Equal(most, look.Count);
            told.AddRange(look);
        }

        Assert.Equal(runs.Order(), told.Order());
        Assert.All(there.Changes.Read("", new(there.Changes.Log, 0)).Changes, static change => Assert.Equal(RunStatus.Completed, change.Summary!.Status));

        async Task ReadOnAsync(RunId run)
        {
            cluster.Gateway.Advance(run, 1);
            using var reader = await EventText.OpenAsync(cluster.Runs(0), run);
            await reader.UntilAsync("word2");
        }

        async Task<IReadOnlyList<RunId>> LookAsync(bool isWhole)
        {
            await there.HearAsync(isWhole, TestContext.Current.CancellationToken);
            var page = there.Changes.Read("", place);
            Assert.False(page.TooOld);
            place = page.Position;
            return [.. page.Changes.Select(static change => change.Run)];
        }
    }

    [Fact]
    public async Task Statistics_add_up_whichever_silo_is_asked_and_a_dead_silos_runs_are_not_lost()
    {
        await using var cluster = await RunCluster.StartAsync(3);
        for (var silo = 0; silo < 3; silo++)
        {
            await cluster.Runs(silo).RecountAsync(TestContext.Current.CancellationToken);
        }

        var done = await cluster.SubmitAsync(0);
        var ended = cluster.EndOf(done);
        cluster.Gateway.Advance(done);
        await ended;
        await cluster.Runs(0).WaitForEndAsync("", done, RunCluster.Patience, TestContext.Current.CancellationToken);
        var open = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(open, 5);
        await cluster.SubmitAsync(1);
        for (var silo = 0; silo < 3; silo++)
        {
            var overview = await OverviewAsync(cluster, silo);
            Assert.Equal((3, 1, 2L), (overview.Report.Total.Submitted, overview.Report.Total.Completed, overview.Report.Total.Active));
            Assert.Equal((3, 0), (overview.Hosts, overview.Silent));
        }

        await cluster.KillAsync(0);

        // Its open run goes on elsewhere; what it ended is in the directory.
        await UntilAsync(async () => await OverviewAsync(cluster, 1) is { Hosts: 2, Silent: 0, Report.Total: { Submitted: 3, Completed: 1, Active: 2 } });
        await UntilAsync(async () => await OverviewAsync(cluster, 0) is { Hosts: 2, Silent: 0, Report.Total: { Submitted: 3, Completed: 1, Active: 2 } });
    }

    [Fact]
    public async Task Every_silo_tells_its_version_and_how_many_runs_it_works_on()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 2);

        var silos = await cluster.Service<SiloList>(1).ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal([0L, 1], silos.Select(static silo => silo.Facts!.ActiveRuns).Order());
        Assert.All(silos, static silo => Assert.False(silo.Facts!.Version is "unknown"));
        Assert.Equal(cluster.Address(1), Assert.Single(silos, static silo => silo.IsThis).Silo.SiloAddress);
    }

    private static async Task<RunOverview> OverviewAsync(RunCluster cluster, int silo)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return await cluster.Runs(silo).Operations.OverviewAsync(
            new StatQuestion("", now - 600_000, now + 10_000, 10_000, StatGroup.None, now), TestContext.Current.CancellationToken);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(RunCluster.Patience);
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
