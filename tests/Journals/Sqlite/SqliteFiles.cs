using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Sqlite;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Sqlite;

/// <summary>What is on the disk: its version, its size, and what a power cut leaves of it.</summary>
public sealed class SqliteFiles : IAsyncDisposable
{
    private const long Limit = 1 << 20;
    private readonly SqliteSite _site = new() { Options = new SqliteJournalOptions { Directory = "", WriteAheadLogBytes = Limit } };

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_public_entry_opens_a_journal_that_outlives_it()
    {
        var options = new SqliteJournalOptions { Directory = Path.Combine(_site.Directory, "deep", "down") };
        var run = new TestRun();
        await using (var journal = await SqliteJournal.OpenAsync(options, TimeProvider.System, NullLogger<RunJournal>.Instance))
        {
            await journal.CreateAsync(new NewRun(run.Summary), run.Batch(1, 2));
        }

        await using var again = await SqliteJournal.OpenAsync(options, TimeProvider.System, NullLogger<RunJournal>.Instance);
        Assert.Equal(2, (await again.OpenAsync(run.Id))!.LastNumber);
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await using (await _site.StartAsync())
        {
        }

        using (var database = _site.Connect())
        {
            database.Execute("PRAGMA user_version = 3");
        }

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => _site.StartAsync());
        Assert.Contains("has schema version 3, this program knows versions up to 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_first_schema_is_taken_along()
    {
        var run = new TestRun();
        var old = new TestRun();
        await using (var process = await _site.StartAsync())
        {
            var writer = await old.CreateAsync(process);
            await writer.AppendAsync(
                old.Next(writer), old.Summary with { Status = RunStatus.Failed, EndedAt = 1, ErrorCode = "old", ErrorMessage = "Lost in Töne" });
        }

        using (var database = _site.Connect())
        {
            // What the first version had not.
            database.Execute("DROP INDEX runs_by_error; ALTER TABLE runs DROP COLUMN error; PRAGMA user_version = 1");
        }

        await using var again = await _site.StartAsync();
        Assert.Equal(old.Id, Assert.Single((await again.Journal.ListAsync(new RunQuery { Tenant = "", Error = "in tÖne" })).Runs).Id);
        await run.EndAsync(await run.CreateAsync(again));
        Assert.Equal(RunStatus.Completed, (await again.Journal.FindAsync(run.Id))!.Status);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        Directory.CreateDirectory(_site.Directory);
        await File.WriteAllTextAsync(Path.Combine(_site.Directory, "journal.db"), new string('?', 5000));
        await Assert.ThrowsAsync<InvalidDataException>(() => _site.StartAsync());
    }

    [Fact]
    public async Task A_directory_that_can_not_be_made_is_named()
    {
        Directory.CreateDirectory(_site.Directory);
        var file = Path.Combine(_site.Directory, "file");
        await File.WriteAllTextAsync(file, "");
        var options = new SqliteJournalOptions { Directory = Path.Combine(file, "data") };
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => SqliteJournal.OpenAsync(options, TimeProvider.System, NullLogger<RunJournal>.Instance));
        Assert.Contains(options.Directory, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_write_ahead_log_stays_bounded_under_load()
    {
        const int AtOnce = 8;
        var process = await _site.StartAsync();
        var log = new FileInfo(Path.Combine(_site.Directory, "journal.db-wal"));
        var runs = Enumerable.Range(0, 4).Select(_ => new TestRun()).ToList();
        var largest = 0L;
        var commits = 0;
        var ended = false;

        // Neither side is a busy machine's slower one: between two copyings so many commits are let through, and never none.
        using var allowed = new SemaphoreSlim(AtOnce);
        _site.Storages[0].Log.Copied = () =>
        {
            var before = Volatile.Read(ref commits);
            if (AtOnce - allowed.CurrentCount is > 0 and var more)
            {
                allowed.Release(more);
            }

            return process.UntilAsync(() => Volatile.Read(ref commits) > before || Volatile.Read(ref ended));
        };
        await Task.WhenAll(runs.Select(async run =>
        {
            var writer = await run.CreateAsync(process);
            for (var i = 0; i < 100; i++)
            {
                Assert.True(await allowed.WaitAsync(TimeSpan.FromMinutes(2)), "Nothing is copied any more.");
                await writer.AppendAsync(run.Batch(writer.LastNumber + 1, 1, padding: 60_000));
                Interlocked.Increment(ref commits);
                log.Refresh();
                InterlockedMax(ref largest, log.Length);
            }
        }));
        Volatile.Write(ref ended, true);

        // 24 MB went through it.
        Assert.InRange(largest, Limit / 2, 8 * Limit);
        Assert.Equal(101, await runs[0].ReadAsync(process));
    }

    [Fact]
    public async Task The_files_as_a_power_cut_leaves_them_have_everything_acknowledged()
    {
        await using var copy = new SqliteSite();
        await using var site = new SqliteSite { Options = new SqliteJournalOptions { Directory = "", WriteAheadLogBytes = 1L << 40 } };
        var process = await site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        var acknowledged = 0L;
        var appending = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                await writer.AppendAsync(run.Next(writer, 5));
                Volatile.Write(ref acknowledged, writer.LastNumber);
            }
        });
        await process.UntilAsync(() => Volatile.Read(ref acknowledged) > 100 || appending.IsCompleted);

        // Nothing is copied into the database yet, so its log is all that changes, and a copy of that is a prefix of it.
        var before = Volatile.Read(ref acknowledged);
        Directory.CreateDirectory(copy.Directory);
        foreach (var name in (string[])["journal.db", "journal.db-wal"])
        {
            File.Copy(Path.Combine(site.Directory, name), Path.Combine(copy.Directory, name));
        }

        await appending;
        var after = await copy.StartAsync();
        var owner = await after.OpenAsync(run.Id);
        Assert.InRange(owner.LastNumber, before, 1501);
        Assert.Equal(owner.LastNumber, await run.ReadAsync(after));
    }

    private static void InterlockedMax(ref long target, long value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            var was = Interlocked.CompareExchange(ref target, value, seen);
            if (was == seen)
            {
                return;
            }

            seen = was;
        }
    }
}
