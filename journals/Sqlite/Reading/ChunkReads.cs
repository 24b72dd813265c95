using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Sqlite.Native;

namespace Orchestrator.Journals.Sqlite.Reading;

/// <summary>Reads of the runs' files.</summary>
internal sealed class ChunkReads(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _find = database.Prepare("""
        SELECT c.first + c.count, d.data
        FROM (SELECT first, count, data FROM chunks WHERE run = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1) c
        JOIN chunk_data d ON d.id = c.data
        """);
    private readonly SqliteStatement _findBySeq = database.Prepare("""
        SELECT d.data
        FROM (SELECT data FROM chunks WHERE run = ?1 AND seq <= ?2 ORDER BY first DESC LIMIT 1) c
        JOIN chunk_data d ON d.id = c.data
        """);
    private readonly SqliteStatement _last = database.Prepare(
        "SELECT first + count - 1 FROM chunks WHERE run = ?1 ORDER BY first DESC LIMIT 1");

    public byte[]? Find(RunId run, long number)
    {
        using var rows = _find.Bind(1, run.ToBytes()).Bind(2, number).Query();
        return rows.Read() && rows.GetInt64(0) > number ? rows.GetBytes(1).ToArray() : null;
    }

    public byte[]? FindBySeq(RunId run, long seq)
    {
        using var rows = _findBySeq.Bind(1, run.ToBytes()).Bind(2, seq).Query();
        return rows.Read() ? rows.GetBytes(0).ToArray() : null;
    }

    public long FindLastNumber(RunId run)
    {
        using var rows = _last.Bind(1, run.ToBytes()).Query();
        return rows.Read() ? rows.GetInt64(0) : 0;
    }

    public void Dispose()
    {
        _find.Dispose();
        _findBySeq.Dispose();
        _last.Dispose();
    }
}
