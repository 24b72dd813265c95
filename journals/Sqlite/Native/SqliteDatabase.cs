using SQLitePCL;

namespace Orchestrator.Journals.Sqlite.Native;

/// <summary>
/// One connection, used by one thread at a time. A thin layer over the native library: prepared statements that are used again, spans in
/// and out, extended error codes; nothing retries or waits but SQLite's own busy timeout.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 handle, string path)
    {
        _handle = handle;
        Path = path;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
    }

    public string Path { get; }

    public static SqliteDatabase Open(string path, TimeSpan busyTimeout)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var detail = raw.sqlite3_errstr(code).utf8_to_string();
            raw.sqlite3_close_v2(handle);
            throw SqliteFault.ToException(code, detail, path);
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds);
        return new SqliteDatabase(handle, path);
    }

    public SqliteStatement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        return code == raw.SQLITE_OK ? new SqliteStatement(this, statement) : throw Fault(code);
    }

    /// <summary>Runs statements that answer nothing of interest.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    public void SetBusyTimeout(TimeSpan timeout) => raw.sqlite3_busy_timeout(_handle, (int)timeout.TotalMilliseconds);

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    public void InTransaction(Action work) => InTransaction(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs work in a write transaction. Where it throws, or the commit fails, nothing is changed.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        _begin.Execute();
        try
        {
            var result = work();
            _commit.Execute();
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Begin() => _begin.Execute();

    public void Commit() => _commit.Execute();

    /// <summary>Ends a transaction that is still open; SQLite has ended it already after some failures.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_handle) == 0)
        {
            _rollback.Execute();
        }
    }

    /// <summary>Bytes of a blob, without reading all of it; null where the row is not there.</summary>
    public byte[]? ReadBlob(string table, string column, long row, int offset, int length)
    {
        var code = raw.sqlite3_blob_open(_handle, "main", table, column, row, 0, out var blob);
        try
        {
            if (code == raw.SQLITE_ERROR)
            {
                return null;
            }

            var bytes = new byte[length];
            if (code == raw.SQLITE_OK)
            {
                code = raw.sqlite3_blob_read(blob, bytes, offset);
            }

            return code == raw.SQLITE_OK ? bytes : throw Fault(code);
        }
        finally
        {
            raw.sqlite3_blob_close(blob);
        }
    }

    /// <summary>Copies the write-ahead log into the database as far as it goes. Answers the log's frames, and how many of them are copied.</summary>
    public (int Frames, int Copied) Checkpoint(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", mode, out var frames, out var copied);
        return code is raw.SQLITE_OK or raw.SQLITE_BUSY ? (frames, copied) : throw Fault(code);
    }

    public Exception Fault(int code) => SqliteFault.ToException(code, raw.sqlite3_errmsg(_handle).utf8_to_string(), Path);

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        raw.sqlite3_close_v2(_handle);
    }
}
