using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Sqlite;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Sqlite;

/// <summary>A file that can not be written for a while.</summary>
public sealed class SqliteTroubles : IAsyncDisposable
{
    private readonly SqliteSite _site = new() { Options = new SqliteJournalOptions { Directory = "", BusyTimeout = TimeSpan.FromMilliseconds(50) } };

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_full_disk_fails_appends_until_there_is_room_again()
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await LimitPagesAsync("max_page_count = 1");
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await writer.AppendAsync(run.Batch(2, 3, padding: 50_000)));
        Assert.Contains("no room", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, writer.LastNumber);
        Assert.Equal(1, await run.ReadAsync(process));

        // A probe does not mistake room for a row for room for a commit.
        var tried = process.NextGate("before ProbeAsync");
        _site.Time.Advance(TimeSpan.FromSeconds(1));
        await tried;
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await process.Storage.ProbeAsync(CancellationToken.None));
        Assert.False(process.Journal.Health.Ready);
        Assert.Contains("free space", process.Journal.Health.Reason, StringComparison.Ordinal);

        await LimitPagesAsync("max_page_count = 1073741823");
        await process.UntilAsync(() =>
        {
            _site.Time.Advance(TimeSpan.FromSeconds(1));
            return process.Journal.Health.Ready;
        });
        await writer.AppendAsync(run.Batch(2, 3, padding: 50_000));
        Assert.Equal(4, await run.ReadAsync(process));
        process.Crash();
        Assert.Equal(4, (await (await _site.StartAsync()).OpenAsync(run.Id)).LastNumber);
    }

    [Fact]
    public async Task A_lock_held_by_somebody_else_fails_appends_and_lets_reads_through()
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        using (var other = _site.Connect())
        {
            other.Begin();
            var error = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await writer.AppendAsync(run.Batch(2, 3)));
            Assert.Contains("locked by another process", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<JournalUnavailableException>(async () => await process.Journal.OpenAsync(run.Id));
            Assert.False(process.Journal.Health.Ready);
            Assert.Equal(1, await run.ReadAsync(process));
            Assert.Equal(run.Id, (await process.Journal.FindAsync(run.Id))!.Id);
            other.RollBack();
        }

        await writer.AppendAsync(run.Batch(2, 3));

        // A probe that began while the lock was held may still report it; the next one mends that.
        await process.UntilAsync(() => process.Journal.Health.Ready);
        Assert.Equal(4, await run.ReadAsync(process));
    }

    private Task LimitPagesAsync(string pragma) => _site.Storages[^1].Writer.RunAsync(session =>
    {
        session.Database.Execute("PRAGMA " + pragma);
        return true;
    });
}
