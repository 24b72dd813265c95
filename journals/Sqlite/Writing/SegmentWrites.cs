using Orchestrator.Journals.Sqlite.Native;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>The log's tables: segments and blocks.</summary>
internal sealed class SegmentWrites(SqliteDatabase database) : IDisposable
{
    /// <summary>A block's row id has its position in so many low bits.</summary>
    public const int PositionBits = 32;

    private readonly SqliteStatement _create = database.Prepare("INSERT INTO segments (writer, sequence, state) VALUES (?1, ?2, 0)");
    private readonly SqliteStatement _find = database.Prepare("SELECT id, state FROM segments WHERE writer = ?1 AND sequence = ?2");
    private readonly SqliteStatement _seal = database.Prepare("UPDATE segments SET state = 1 WHERE writer = ?1 AND sequence = ?2 AND state = 0");
    private readonly SqliteStatement _drop = database.Prepare("UPDATE segments SET state = 2 WHERE writer = ?1 AND sequence = ?2");
    private readonly SqliteStatement _insert = database.Prepare("INSERT INTO blocks (id, data) VALUES (?1, ?2)");
    private readonly SqliteStatement _findDropped = database.Prepare("SELECT id FROM segments WHERE state = 2 LIMIT 1");
    private readonly SqliteStatement _erase = database.Prepare(
        "DELETE FROM blocks WHERE id IN (SELECT id FROM blocks WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3)");
    private readonly SqliteStatement _remove = database.Prepare("DELETE FROM segments WHERE id = ?1");

    public void Create(SegmentId segment) => BindId(_create, segment).Execute();

    public void Seal(SegmentId segment) => BindId(_seal, segment).Execute();

    public void Drop(SegmentId segment) => BindId(_drop, segment).Execute();

    /// <summary>The row of a segment that can be appended to; null where it is sealed or gone.</summary>
    public long? FindOpen(SegmentId segment)
    {
        using var rows = BindId(_find, segment).Query();
        return rows.Read() && rows.GetInt32(1) == 0 ? rows.GetInt64(0) : null;
    }

    public void Append(long segmentRow, int position, ReadOnlySpan<byte> block) =>
        _insert.Bind(1, (segmentRow << PositionBits) | (uint)position).Bind(2, block).Execute();

    /// <summary>Erases up to so many blocks of dropped segments. False where there are none left.</summary>
    public bool Erase(int limit)
    {
        long row;
        using (var rows = _findDropped.Query())
        {
            if (!rows.Read())
            {
                return false;
            }

            row = rows.GetInt64(0);
        }

        if (_erase.Bind(1, row << PositionBits).Bind(2, (row + 1) << PositionBits).Bind(3, limit).Execute() == 0)
        {
            _remove.Bind(1, row).Execute();
        }

        return true;
    }

    public void Dispose()
    {
        _create.Dispose();
        _find.Dispose();
        _seal.Dispose();
        _drop.Dispose();
        _insert.Dispose();
        _findDropped.Dispose();
        _erase.Dispose();
        _remove.Dispose();
    }

    private static SqliteStatement BindId(SqliteStatement statement, SegmentId segment)
    {
        Span<byte> writer = stackalloc byte[WriterId.ByteLength];
        segment.Writer.WriteBytes(writer);
        return statement.Bind(1, writer).Bind(2, segment.Sequence);
    }
}
