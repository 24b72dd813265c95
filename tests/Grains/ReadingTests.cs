using Orchestrator.Engine.Readers;
using Orchestrator.Grains.Tests.Kit;

namespace Orchestrator.Grains.Tests;

/// <summary>Any silo serves any run, and one of them works on it.</summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task Readers_on_every_silo_get_the_same_bytes_of_one_dispatch()
    {
        await using var cluster = await RunCluster.StartAsync(3);
        var run = await cluster.SubmitAsync(0);
        cluster.Gateway.Advance(run, 5);
        var readers = new List<EventText>();
        for (var silo = 0; silo < 3; silo++)
        {
            readers.Add(await EventText.OpenAsync(cluster.Runs(silo), run));
            await readers[silo].UntilAsync("word3");
        }

        Assert.Equal(1, Enumerable.Range(0, 3).Count(silo => cluster.Host(silo).Find(run) is not null));
        cluster.Gateway.Advance(run);
        foreach (var reader in readers)
        {
            Assert.Equal(ReaderReadKind.End, await reader.ToEndAsync());
            Assert.Equal(readers[0].Text, reader.Text);
            Assert.Contains("word19", reader.Text, StringComparison.Ordinal);
            reader.Dispose();
        }

        Assert.Equal(1, cluster.Gateway.Dispatches(run));
    }

    [Fact]
    public async Task A_cursor_goes_on_at_another_silo()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        cluster.Gateway.Advance(run, 8);
        using var first = await EventText.OpenAsync(cluster.Runs(0), run);
        await first.UntilAsync("word4");
        var cursor = first.Numbers.Last();

        using var second = await EventText.OpenAsync(cluster.Runs(1), run, cursor);
        cluster.Gateway.Advance(run);
        await second.ToEndAsync();
        Assert.Equal(cursor + 1, second.Numbers.First());
        await first.ToEndAsync();
        Assert.EndsWith(second.Text, first.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_run_shows_signs_of_life_on_another_silo()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        using var reader = new Readers.GrainFollower(
            cluster.Service<IGrainFactory>(1), cluster.Host(1).Services, run, 3, TimeSpan.FromMilliseconds(50));
        var read = await reader.ReadAsync(TestContext.Current.CancellationToken);
        while (read.Kind == ReaderReadKind.Data)
        {
            read = await reader.ReadAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(ReaderReadKind.Quiet, read.Kind);
        cluster.Gateway.Advance(run, 1);
        do
        {
            read = await reader.ReadAsync(TestContext.Current.CancellationToken);
        }
        while (read.Kind == ReaderReadKind.Quiet);

        Assert.Equal(ReaderReadKind.Data, read.Kind);
    }
}
