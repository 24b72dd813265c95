using Orchestrator.Engine.Runs;
using SQLitePCL;

namespace Orchestrator.Journals.Sqlite.Native;

/// <summary>The rows of a running statement. Columns are numbered from 0.</summary>
internal readonly ref struct SqliteRows(SqliteDatabase database, sqlite3_stmt handle)
{
    public bool Read()
    {
        var code = raw.sqlite3_step(handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw database.Fault(code),
        };
    }

    public long GetInt64(int column) => raw.sqlite3_column_int64(handle, column);

    public int GetInt32(int column) => raw.sqlite3_column_int(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public string? GetText(int column) => IsNull(column) ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>Valid until the next row.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(handle, column);

    public RunId GetRun(int column) => RunId.FromBytes(GetBytes(column));

    public void Dispose() => raw.sqlite3_reset(handle);
}
