using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Journals.Sqlite;
using Orchestrator.Journals.Sqlite.Native;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Tests.Kit;

internal sealed class SqliteSite : JournalSite
{
    public string Directory { get; } = Path.Combine(Path.GetTempPath(), "journal-" + Guid.NewGuid().ToString("N"));

    public SqliteJournalOptions Options { get; init; } = new() { Directory = "", BusyTimeout = TimeSpan.FromSeconds(20) };

    /// <summary>The storages of the processes, in the order of their start.</summary>
    public List<SqliteStorage> Storages { get; } = [];

    /// <summary>A connection of somebody else.</summary>
    public SqliteDatabase Connect() => SqliteDatabase.Open(Path.Combine(Directory, "journal.db"), TimeSpan.FromSeconds(20));

    public override Task DamageBlockAsync(SegmentId segment, int number, Func<byte[], byte[]> damage)
    {
        using var database = Connect();
        using var find = database.Prepare(
            "SELECT b.id, b.data FROM segments s JOIN blocks b ON b.id >> 32 = s.id WHERE s.writer = ?1 AND s.sequence = ?2 ORDER BY b.id LIMIT 1 OFFSET ?3");
        using var update = database.Prepare("UPDATE blocks SET data = ?2 WHERE id = ?1");
        long id;
        byte[] data;
        using (var rows = find.Bind(1, segment.Writer.ToBytes()).Bind(2, segment.Sequence).Bind(3, number).Query())
        {
            Assert.True(rows.Read());
            id = rows.GetInt64(0);
            data = rows.GetBytes(1).ToArray();
        }

        update.Bind(1, id).Bind(2, damage(data)).Execute();
        return Task.CompletedTask;
    }

    public override Task<bool> HoldsAsync(byte[] bytes)
    {
        using var database = Connect();
        using var statement = database.Prepare(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM blocks WHERE instr(data, ?1)) OR EXISTS (SELECT 1 FROM chunk_data WHERE instr(data, ?1))");
        using var rows = statement.Bind(1, bytes).Query();
        return Task.FromResult(rows.Read());
    }

    protected override async Task<IJournalStorage> OpenStorageAsync()
    {
        var storage = await SqliteStorage.OpenAsync(Options with { Directory = Directory }, NullLogger.Instance);
        Storages.Add(storage);
        return storage;
    }

    protected override Task DeleteAsync()
    {
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }

        return Task.CompletedTask;
    }
}
