using System.Diagnostics;
using System.Globalization;
using Orchestrator.Cluster.Tests.Kit;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Cluster.Tests;

/// <summary>Three real silos and three hundred runs, while silos die, hang and leave.</summary>
[Collection(nameof(Silos))]
public sealed class SurvivalTests(ITestOutputHelper output)
{
    private const int Runs = 300;

    /// <summary>How long a run of a silo that died may stay silent, in all but a hundredth of them.</summary>
    private static readonly TimeSpan StreamsAgain = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_runs_of_a_killed_silo_stream_again_within_ten_seconds_and_readers_elsewhere_see_a_pause()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var cluster = await SiloScript.UpAsync(3);
        using var load = await Workload.StartAsync(cluster, [1, 2, 3], Runs, events: 100, rate: 4);
        await load.AllStreamAsync();
        var since = Stopwatch.GetTimestamp();
        await cluster.RunAsync("kill", 1);
        await load.EndAsync();

        await load.CheckAsync(pieces: 100, through: 3);
        Assert.All(load.Runs.Where(static run => run.ReadThrough != 1), static run => Assert.Equal(0, run.Breaks));
        Assert.All(load.Runs.Where(static run => run.SubmittedTo != 1), static run => Assert.Equal(0, run.Reattaches));
        var gaps = load.Runs.Where(static run => run.SubmittedTo == 1).Select(run => run.LongestGap(since)).Order().ToList();
        Tell("runs of the killed silo", gaps);
        Assert.InRange(gaps[(int)Math.Ceiling(gaps.Count * 0.99) - 1], TimeSpan.Zero, StreamsAgain);
    }

    [Fact]
    public async Task A_silo_that_hangs_for_a_minute_loses_its_runs_and_can_not_write_when_it_wakes()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var cluster = await SiloScript.UpAsync(3);
        using var load = await Workload.StartAsync(cluster, [1, 2, 3], Runs, events: 300, rate: 4);
        await load.AllStreamAsync();
        var since = Stopwatch.GetTimestamp();
        await cluster.RunAsync("stop", 1);
        await Task.Delay(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await cluster.RunAsync("cont", 1);
        await load.EndAsync();

        await load.CheckAsync(pieces: 300, through: 3);
        Assert.All(load.Runs.Where(static run => run.ReadThrough != 1), static run => Assert.Equal(0, run.Breaks));
        Tell("runs of the silo that hung", [.. load.Runs.Where(static run => run.SubmittedTo == 1 && run.ReadThrough != 1).Select(run => run.LongestGap(since)).Order()]);

        // It has been declared dead, and goes; whoever started it starts it again.
        await cluster.IsGoneAsync(1);
        await cluster.RunAsync("start", 1);
    }

    [Fact]
    public async Task A_silo_that_is_cut_off_from_the_others_loses_its_runs_and_goes_though_it_reaches_everything_else()
    {
        Assert.SkipWhen((PostgresServer.Missing ?? SiloNetwork.Missing) is not null, PostgresServer.Missing ?? SiloNetwork.Missing ?? "");
        await using var network = await SiloNetwork.UpAsync(3);
        await using var cluster = await SiloScript.UpAsync(3, network);
        using var load = await Workload.StartAsync(cluster, [1, 2, 3], Runs / 2, events: 60, rate: 4);
        await load.AllStreamAsync();
        var since = Stopwatch.GetTimestamp();
        await network.CutAsync(1);
        await load.EndAsync();

        await load.CheckAsync(pieces: 60, through: 3);
        Assert.All(load.Runs.Where(static run => run.ReadThrough != 1), static run => Assert.Equal(0, run.Breaks));
        Tell("runs of the silo that was cut off", [.. load.Runs.Where(static run => run.SubmittedTo == 1).Select(run => run.LongestGap(since)).Order()]);
        await cluster.IsGoneAsync(1);
        await network.JoinAsync(1);
        await cluster.RunAsync("start", 1);
    }

    [Fact]
    public async Task Silos_are_replaced_one_after_the_other_and_no_run_counts_a_crash()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var cluster = await SiloScript.UpAsync(3);
        using var load = await Workload.StartAsync(cluster, [1, 2, 3], Runs, events: 300, rate: 4);
        await load.AllStreamAsync();
        var since = Stopwatch.GetTimestamp();
        for (var old = 1; old <= 2; old++)
        {
            await cluster.RunAsync("start", 3 + old);
            await cluster.RunAsync("drain", old);
            Assert.DoesNotContain("not handed over", cluster.Log(old), StringComparison.Ordinal);
            Assert.Contains("0 runs are left here", cluster.Log(old), StringComparison.Ordinal);
        }

        await load.EndAsync();
        await load.CheckAsync(pieces: 300, through: 3);
        Assert.All(load.Runs.Where(static run => run.ReadThrough == 3), static run => Assert.Equal(0, run.Breaks));
        Assert.All(load.Runs.Where(static run => run.SubmittedTo == 3), static run => Assert.Equal(0, run.Reattaches));
        Tell("runs read through the silo that stayed", [.. load.Runs.Where(static run => run.ReadThrough == 3).Select(run => run.LongestGap(since)).Order()]);
    }

    private void Tell(string what, List<TimeSpan> gaps) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"longest silence of {gaps.Count} {what}: p50 {gaps[gaps.Count / 2].TotalSeconds:F2} s, p99 {gaps[(int)Math.Ceiling(gaps.Count * 0.99) - 1].TotalSeconds:F2} s, most {gaps[^1].TotalSeconds:F2} s"));
}
