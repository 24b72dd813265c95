using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Sqlite.Native;

namespace Orchestrator.Journals.Sqlite;

/// <summary>The tables. Their version is the file's <c>user_version</c>.</summary>
internal static class SqliteSchema
{
    public const int Version = 2;

    /// <summary>SQLite writes page by page, two system calls each: with 4 KiB they took a tenth of a service under a full load.</summary>
    private const string PageSize = "PRAGMA page_size = 16384";

    private const string Tables = """
        -- The log. state: 0 open, 1 sealed, 2 dropped (its blocks are being erased).
        CREATE TABLE segments (
          id INTEGER PRIMARY KEY, writer BLOB NOT NULL, sequence INTEGER NOT NULL, state INTEGER NOT NULL, UNIQUE (writer, sequence));
        -- id: the segment's id * 2^32 + the byte of the segment that the block begins at.
        CREATE TABLE blocks (id INTEGER PRIMARY KEY, data BLOB NOT NULL);

        -- The runs' files: a small index, so that finding a chunk touches no data, and the data in the order it was written.
        CREATE TABLE chunks (
          run BLOB NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, seq INTEGER, data INTEGER NOT NULL,
          PRIMARY KEY (run, first)) WITHOUT ROWID;
        CREATE TABLE chunk_data (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
        -- Runs whose chunks are being erased.
        CREATE TABLE deleted (run BLOB PRIMARY KEY) WITHOUT ROWID;

        -- The directory. summary holds everything; the columns are what rows are found by.
        CREATE TABLE runs (
          id BLOB PRIMARY KEY, tenant TEXT NOT NULL, status INTEGER NOT NULL, model TEXT NOT NULL, ended_at INTEGER,
          owner BLOB NOT NULL, epoch INTEGER NOT NULL, released INTEGER NOT NULL, fence BLOB, key TEXT, summary BLOB NOT NULL, error TEXT) WITHOUT ROWID;
        CREATE INDEX runs_by_status ON runs (tenant, status, id);
        CREATE INDEX runs_by_model ON runs (tenant, model, status, id);
        CREATE INDEX runs_unfinished ON runs (owner) WHERE status < 3;
        CREATE INDEX runs_ended ON runs (ended_at) WHERE ended_at IS NOT NULL;
        -- error: its code and message, folded to one case, to be searched.
        CREATE INDEX runs_by_error ON runs (tenant, id, error) WHERE error IS NOT NULL;
        CREATE TABLE run_metadata (
          tenant TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, run BLOB NOT NULL, PRIMARY KEY (tenant, key, value, run)) WITHOUT ROWID;
        CREATE TABLE keys (tenant TEXT NOT NULL, key TEXT NOT NULL, run BLOB NOT NULL, hash TEXT, PRIMARY KEY (tenant, key)) WITHOUT ROWID;

        -- Written and emptied to see whether the disk takes it.
        CREATE TABLE probe (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
        PRAGMA user_version = 2;
        """;

    private const string ErrorColumn = """
        ALTER TABLE runs ADD COLUMN error TEXT;
        CREATE INDEX runs_by_error ON runs (tenant, id, error) WHERE error IS NOT NULL;
        PRAGMA user_version = 2;
        """;

    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public static void Ensure(SqliteDatabase database)
    {
        // The page size counts for a file that is made now only.
        database.Execute(PageSize);
        database.Execute("PRAGMA journal_mode = WAL");
        if (ReadVersion(database) == Version)
        {
            return;
        }

        database.InTransaction(() =>
        {
            switch (ReadVersion(database))
            {
                case 0:
                    database.Execute(Tables);
                    break;
                case 1:
                    database.Execute(ErrorColumn);
                    FillErrors(database);
                    break;
                case Version:
                    // Another process was faster.
                    break;
                case var newer:
                    throw new InvalidDataException(
                        $"{database.Path} has schema version {newer}, this program knows versions up to {Version}: start the newer program, or use another data directory.");
            }
        });
    }

    private static void FillErrors(SqliteDatabase database)
    {
        var found = new List<RunSummary>();
        using (var failed = database.Prepare("SELECT summary FROM runs WHERE status = 4"))
        using (var rows = failed.Query())
        {
            while (rows.Read())
            {
                found.Add(SummaryCodec.Decode(rows.GetBytes(0)));
            }
        }

        using var update = database.Prepare("UPDATE runs SET error = ?2 WHERE id = ?1");
        foreach (var summary in found)
        {
            update.Bind(1, summary.Id.ToBytes()).Bind(2, ErrorText.Of(summary)).Execute();
        }
    }

    private static long ReadVersion(SqliteDatabase database)
    {
        using var statement = database.Prepare("PRAGMA user_version");
        using var rows = statement.Query();
        return rows.Read() ? rows.GetInt64(0) : 0;
    }
}
