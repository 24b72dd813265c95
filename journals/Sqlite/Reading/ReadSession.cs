using Orchestrator.Journals.Sqlite.Native;

namespace Orchestrator.Journals.Sqlite.Reading;

/// <summary>A reading connection and what is prepared on it. Every read is short: one that stays open would hold up the write-ahead log.</summary>
internal sealed class ReadSession : IDisposable
{
    public ReadSession(SqliteDatabase database)
    {
        Database = database;
        database.Execute("PRAGMA query_only = 1; PRAGMA wal_autocheckpoint = 0");
        Log = new LogReads(database);
        Chunks = new ChunkReads(database);
        Rows = new RowReads(database);
        Lists = new ListReads(database);
    }

    public SqliteDatabase Database { get; }

    public LogReads Log { get; }

    public ChunkReads Chunks { get; }

    public RowReads Rows { get; }

    public ListReads Lists { get; }

    public void Dispose()
    {
        Log.Dispose();
        Chunks.Dispose();
        Rows.Dispose();
        Lists.Dispose();
        Database.Dispose();
    }
}
