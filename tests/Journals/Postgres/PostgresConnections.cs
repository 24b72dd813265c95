using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Tests.Kit;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Journals.Tests.Postgres;

/// <summary>What a network does to a writer in the middle of a commit.</summary>
public sealed class PostgresConnections : IAsyncLifetime
{
    private PostgresServer? _server;
    private Wire? _wire;
    private PostgresSite? _site;

    private Wire Network => _wire!;

    private PostgresSite Site => _site!;

    public async ValueTask InitializeAsync()
    {
        _server = await SharedPostgres.GetAsync();
        _wire = new Wire(_server.Socket);
        _site = new PostgresSite(_server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
            await _wire!.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_append_whose_connection_is_cut_can_be_made_again_and_is_there_once(bool arrives)
    {
        var process = await Site.StartAsync(Network.Host);
        var run = new TestRun();
        var beside = new TestRun();
        var writer = await run.CreateAsync(process);
        var other = await beside.CreateAsync(process);
        if (arrives)
        {
            Network.LoseAnswer();
        }
        else
        {
            Network.LoseRequest();
        }

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await writer.AppendAsync(run.Batch(2, 3)));
        Assert.Contains("can not be reached", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await run.ReadAsync(process));
        await other.AppendAsync(beside.Next(other));
        await writer.AppendAsync(run.Batch(2, 3));
        Assert.Equal(4, await run.ReadAsync(process));
        Assert.Equal(2, await beside.ReadAsync(process));

        process.Crash();
        var after = await Site.StartAsync();
        Assert.Equal(4, (await after.OpenAsync(run.Id)).LastNumber);
        Assert.Equal(4, await run.ReadAsync(after));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_whose_making_was_cut_off_is_not_there_and_its_key_is_free(bool arrives)
    {
        var process = await Site.StartAsync(Network.Host);
        var run = new TestRun();
        var other = new TestRun();
        await new TestRun().CreateAsync(process, key: "warm");
        process.Storage.OnGate = gate =>
        {
            if (gate == "before CommitAsync")
            {
                process.Storage.OnGate = null;
                (arrives ? (Action)Network.LoseAnswer : Network.LoseRequest)();
            }

            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<JournalUnavailableException>(() => run.CreateAsync(process, key: "k"));
        await other.CreateAsync(process, key: "k");
        Assert.Null(await process.Journal.FindAsync(run.Id));
        Assert.Equal(0, await run.ReadAsync(process));
        Assert.Equal(1, await other.ReadAsync(process));
    }

    [Fact]
    public async Task Reads_take_a_new_connection_where_theirs_was_cut()
    {
        var process = await Site.StartAsync(Network.Host);
        var run = new TestRun();
        await run.CreateAsync(process, entries: 3);
        Network.Cut();
        Assert.NotNull(await process.Journal.FindAsync(run.Id));
        Network.Cut();
        Assert.Equal([run.Id], await process.Journal.ListUnfinishedAsync());
    }

    [Fact]
    public async Task A_writer_that_is_suspended_in_the_middle_of_a_commit_holds_up_nobody_and_loses()
    {
        var zombie = await Site.StartAsync(Network.Host);
        var taker = await Site.StartAsync();
        var run = new TestRun();
        var lost = await run.CreateAsync(zombie);
        await lost.AppendAsync(run.Next(lost));

        // Half of a large commit is with the server, with the run's end in it.
        var arrived = Network.HoldAfter(200_000, out var go);
        var append = lost.AppendAsync(run.Batch(3, 1, padding: 400_000), run.Ended).AsTask();
        await arrived;
        var owner = await taker.OpenAsync(run.Id).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, owner.LastNumber);
        await owner.AppendAsync(run.Next(owner));

        go.SetResult();
        await Assert.ThrowsAsync<OwnershipLostException>(() => append);
        Assert.Equal(3, await run.ReadAsync(taker));
        Assert.Equal(3, await run.ReadAsync(zombie));
        Assert.False((await taker.Journal.FindAsync(run.Id))!.Status == Engine.Runs.RunStatus.Completed);
    }
}
