using Orchestrator.Journals.Sqlite.Native;

namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>The writing connection and what is prepared on it.</summary>
internal sealed class WriteSession : IDisposable
{
    private readonly SqliteStatement _probe;
    private readonly SqliteStatement _unprobe;

    public WriteSession(SqliteDatabase database)
    {
        Database = database;
        database.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY");
        SyncCommits(true);
        Segments = new SegmentWrites(database);
        Rows = new RowWrites(database);
        Claims = new ClaimWrites(database);
        Chunks = new ChunkWrites(database);
        Commits = new CommitWrites(database, Segments, Rows);
        _probe = database.Prepare("INSERT OR REPLACE INTO probe (id, data) VALUES (1, zeroblob(65536))");
        _unprobe = database.Prepare("DELETE FROM probe");
    }

    public SqliteDatabase Database { get; }

    public SegmentWrites Segments { get; }

    public RowWrites Rows { get; }

    public ClaimWrites Claims { get; }

    public ChunkWrites Chunks { get; }

    public CommitWrites Commits { get; }

    /// <summary>
    /// Runs a transaction that need not be durable by itself. Every later commit that is synced makes it durable too, as both are in the
    /// same write-ahead log.
    /// </summary>
    public T WithoutSync<T>(Func<T> work)
    {
        SyncCommits(false);
        try
        {
            return Database.InTransaction(work);
        }
        finally
        {
            SyncCommits(true);
        }
    }

    public void Probe()
    {
        _probe.Execute();
        _unprobe.Execute();
    }

    public void Dispose()
    {
        _probe.Dispose();
        _unprobe.Dispose();
        Chunks.Dispose();
        Claims.Dispose();
        Rows.Dispose();
        Segments.Dispose();
        Database.Dispose();
    }

    private void SyncCommits(bool sync) => Database.Execute(sync ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
}
