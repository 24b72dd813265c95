using Orchestrator.Journals.Sqlite.Native;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>The runs' files.</summary>
internal sealed class ChunkWrites(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _isWanted = database.Prepare(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM runs WHERE id = ?1) AND NOT EXISTS (SELECT 1 FROM chunks WHERE run = ?1 AND first = ?2)");
    private readonly SqliteStatement _insertData = database.Prepare("INSERT INTO chunk_data (data) VALUES (?1)");
    private readonly SqliteStatement _insert = database.Prepare(
        "INSERT INTO chunks (run, first, count, seq, data) VALUES (?1, ?2, ?3, ?4, last_insert_rowid())");
    private readonly SqliteStatement _findDeleted = database.Prepare("SELECT run FROM deleted LIMIT 1");
    private readonly SqliteStatement _eraseData = database.Prepare(
        "DELETE FROM chunk_data WHERE id IN (SELECT data FROM chunks WHERE run = ?1 ORDER BY first LIMIT ?2)");
    private readonly SqliteStatement _erase = database.Prepare(
        "DELETE FROM chunks WHERE run = ?1 AND first IN (SELECT first FROM chunks WHERE run = ?1 ORDER BY first LIMIT ?2)");
    private readonly SqliteStatement _forget = database.Prepare("DELETE FROM deleted WHERE run = ?1");

    public void Write(IReadOnlyList<RunChunk> chunks)
    {
        foreach (var chunk in chunks)
        {
            var run = chunk.Run.ToBytes();
            bool wanted;
            using (var rows = _isWanted.Bind(1, run).Bind(2, chunk.FirstNumber).Query())
            {
                wanted = rows.Read();
            }

            if (wanted)
            {
                _insertData.Bind(1, chunk.Data.Span).Execute();
                _insert.Bind(1, run).Bind(2, chunk.FirstNumber).Bind(3, chunk.Count).Bind(4, chunk.CheckpointSeq).Execute();
            }
        }
    }

    /// <summary>Erases up to so many chunks of a deleted run. False where there is no such run left.</summary>
    public bool Erase(int limit)
    {
        byte[] run;
        using (var rows = _findDeleted.Query())
        {
            if (!rows.Read())
            {
                return false;
            }

            run = rows.GetBytes(0).ToArray();
        }

        _eraseData.Bind(1, run).Bind(2, limit).Execute();
        if (_erase.Bind(1, run).Bind(2, limit).Execute() == 0)
        {
            _forget.Bind(1, run).Execute();
        }

        return true;
    }

    public void Dispose()
    {
        _isWanted.Dispose();
        _insertData.Dispose();
        _insert.Dispose();
        _findDeleted.Dispose();
        _eraseData.Dispose();
        _erase.Dispose();
        _forget.Dispose();
    }
}
