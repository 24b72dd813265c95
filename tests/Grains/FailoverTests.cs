using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Hosting;
using Orchestrator.Grains.Tests.Kit;
using Orchestrator.Grains.Watch;

namespace Orchestrator.Grains.Tests;

/// <summary>Silos come and go; runs and readers on other silos go on.</summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task The_runs_of_a_silo_that_dies_go_on_elsewhere_and_their_readers_see_a_pause()
    {
        await using var cluster = await RunCluster.StartAsync(3);
        var run = await cluster.SubmitAsync(0);
        var forgotten = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(forgotten, 2);
        cluster.Gateway.Advance(run, 5);
        using var reader = await EventText.OpenAsync(cluster.Runs(1), run);
        await reader.UntilAsync("word3");

        await cluster.KillAsync(0);
        cluster.Gateway.Advance(run);
        cluster.Gateway.Advance(forgotten);
        Assert.Equal(ReaderReadKind.End, await reader.ToEndAsync());
        Assert.Contains("word19", reader.Text, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, reader.Numbers.Count()).Select(static number => (long)number), reader.Numbers);
        Assert.Equal(1, cluster.Gateway.Dispatches(run));

        // Nobody reads this one: the watch woke it.
        using var late = await EventText.OpenAsync(cluster.Runs(0), forgotten);
        Assert.Equal(ReaderReadKind.End, await late.ToEndAsync());
        Assert.Equal(1, cluster.Gateway.Dispatches(forgotten));
        Assert.Empty(cluster.Store.Violations);
    }

    [Fact]
    public async Task A_run_of_a_dead_silo_is_woken_though_nobody_asks_for_it()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 5);
        var ended = cluster.EndOf(run);
        await cluster.KillAsync(0);
        cluster.Gateway.Advance(run);
        await ended;
        Assert.Equal(1, cluster.Gateway.Dispatches(run));
    }

    [Fact]
    public async Task A_run_that_could_not_be_woken_is_called_again_before_long()
    {
        await using var cluster = await RunCluster.StartAsync(2, refresh: TimeSpan.FromHours(1));
        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 5);
        var ended = cluster.EndOf(run);
        cluster.Wakes.Left = 6;
        await cluster.KillAsync(0);
        cluster.Gateway.Advance(run);
        await ended;
        Assert.Equal(1, cluster.Gateway.Dispatches(run));
        Assert.Equal(0, cluster.Wakes.Left);
    }

    [Fact]
    public async Task A_failure_that_nobody_has_foreseen_does_not_end_the_watch()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var broken = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(broken, 5);
        var ended = cluster.EndOf(broken);
        cluster.Wakes.Failure = new InvalidDataException("Nobody has foreseen this.");
        cluster.Wakes.Left = 1;
        await cluster.KillAsync(0);
        cluster.Gateway.Advance(broken);

        // The next look at the membership shows that the watch is still there.
        await ended;
        Assert.Equal(0, cluster.Wakes.Left);
    }

    [Fact]
    public async Task The_runs_of_silos_that_stay_do_not_notice_that_another_one_goes()
    {
        await using var cluster = await RunCluster.StartAsync(3);
        var runs = new List<RunId>();
        for (var i = 0; i < 20; i++)
        {
            runs.Add(await cluster.SubmitAsync(1 + (i % 2)));
            await cluster.HasReadAsync(runs[i], 3);
        }

        var activations = runs.ConvertAll(cluster.Activation);
        var detached = 0;
        var ended = runs.ConvertAll(cluster.EndOf);
        var others = cluster.Store.Committed;
        cluster.Store.Committed = (id, batch) =>
        {
            others?.Invoke(id, batch);
            foreach (var entry in batch)
            {
                detached += entry.Kind == EntryKind.AttemptDetached ? 1 : 0;
            }
        };

        await cluster.Silos.StopSiloAsync(cluster.Silos.Silos[0]);

        // Each is still found from the other silo, and where it was.
        for (var i = 0; i < runs.Count; i++)
        {
            Assert.Equal((int)RunStatus.Running, (await cluster.Grain(runs[i], 1 - (i % 2)).GetAsync()).Status);
            Assert.Same(activations[i], cluster.Activation(runs[i]));
            Assert.False(activations[i]!.Deactivated.IsCompleted);
        }

        runs.ForEach(run => cluster.Gateway.Advance(run));
        await Task.WhenAll(ended);
        Assert.Equal(0, detached);
        Assert.Empty(cluster.Store.Violations);
    }

    [Fact]
    public async Task A_silo_that_prepares_for_a_run_folds_what_is_there_and_later_what_came_since()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 5);
        using var reader = await EventText.OpenAsync(cluster.Runs(1), run);
        await cluster.Service<RunWatchClient>(0).PrepareAsync(cluster.Address(1), [run.ToString()]);
        Assert.Equal(1, cluster.Host(1).Prepared.Count);
        Assert.Equal(0, cluster.SiloOf(run));

        cluster.Gateway.Advance(run, 5);
        await reader.UntilAsync("word7");
        await cluster.Service<RunDrain>(0).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, cluster.SiloOf(run));
        Assert.Equal(0, cluster.Host(1).Prepared.Count);
        cluster.Gateway.Advance(run);
        Assert.Equal(ReaderReadKind.End, await reader.ToEndAsync());
        Assert.Contains("word19", reader.Text, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, reader.Numbers.Count()).Select(static number => (long)number), reader.Numbers);
        Assert.Equal(1, cluster.Gateway.Dispatches(run));
    }

    [Fact]
    public async Task A_drained_silo_hands_its_runs_over_and_no_reader_elsewhere_notices()
    {
        await using var cluster = await RunCluster.StartAsync(3);
        var runs = new List<RunId>();
        var readers = new List<EventText>();
        for (var i = 0; i < 10; i++)
        {
            runs.Add(await cluster.SubmitAsync(0));
            cluster.Gateway.Advance(runs[i], 5);
            readers.Add(await EventText.OpenAsync(cluster.Runs(1 + (i % 2)), runs[i]));
            await readers[i].UntilAsync("word3");
        }

        // This one has no reader that would call for it.
        var alone = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(alone, 5);
        var ended = cluster.EndOf(alone);

        Assert.Equal(11, cluster.Host(0).Count);
        await cluster.Service<RunDrain>(0).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, cluster.Host(0).Count);

        for (var i = 0; i < 10; i++)
        {
            cluster.Gateway.Advance(runs[i]);
            Assert.Equal(ReaderReadKind.End, await readers[i].ToEndAsync());
            Assert.DoesNotContain("host-lost", readers[i].Text, StringComparison.Ordinal);
            Assert.Equal(1, cluster.Gateway.Dispatches(runs[i]));
            readers[i].Dispose();
        }

        cluster.Gateway.Advance(alone);
        await ended;
        Assert.Equal(1, cluster.Gateway.Dispatches(alone));

        // A new run goes to a silo that stays.
        var late = await cluster.SubmitAsync(1);
        Assert.Null(cluster.Host(0).Find(late));
    }
}
