using SQLitePCL;

namespace Orchestrator.Journals.Sqlite.Native;

/// <summary>A prepared statement, to be bound and run again and again. Parameters are numbered from 1.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(handle, index, number) : raw.sqlite3_bind_null(handle, index));
        return this;
    }

    public SqliteStatement Bind(int index, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(handle, index) : raw.sqlite3_bind_text(handle, index, value));
        return this;
    }

    /// <summary>The bytes are copied.</summary>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    public SqliteStatement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(handle, index));
        return this;
    }

    /// <summary>Runs it to its end and makes it ready to be bound again. Answers how many rows it changed.</summary>
    public int Execute()
    {
        using var rows = Query();
        while (rows.Read())
        {
        }

        return database.Changes;
    }

    /// <summary>Runs it row by row; to be disposed before it is bound again.</summary>
    public SqliteRows Query() => new(database, handle);

    public void Dispose() => raw.sqlite3_finalize(handle);

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw database.Fault(code);
        }
    }
}
