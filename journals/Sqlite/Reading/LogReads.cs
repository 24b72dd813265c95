using System.Buffers;
using Orchestrator.Journals.Sqlite.Native;
using Orchestrator.Journals.Sqlite.Writing;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Sqlite.Reading;

/// <summary>Reads of the log's tables.</summary>
internal sealed class LogReads(SqliteDatabase database) : IDisposable
{
    /// <summary>What one read of blocks answers at most, beyond its first.</summary>
    private const int PageBytes = 2 << 20;

    private readonly SqliteStatement _begin = database.Prepare("BEGIN");
    private readonly SqliteStatement _end = database.Prepare("COMMIT");
    private readonly SqliteStatement _list = database.Prepare("""
        SELECT writer, sequence, state, (SELECT max(b.id) FROM blocks b WHERE b.id >= s.id << 32 AND b.id < (s.id + 1) << 32)
        FROM segments s WHERE state < 2
        """);
    private readonly SqliteStatement _find = database.Prepare("SELECT id FROM segments WHERE writer = ?1 AND sequence = ?2 AND state < 2");
    private readonly SqliteStatement _blocks = database.Prepare("SELECT id, data FROM blocks WHERE id >= ?1 AND id < ?2 ORDER BY id");

    public List<SegmentInfo> List()
    {
        var segments = new List<SegmentInfo>();
        using var rows = _list.Query();
        while (rows.Read())
        {
            var id = new SegmentId(WriterId.FromBytes(rows.GetBytes(0)), rows.GetInt32(1));
            segments.Add(new SegmentInfo(id, rows.GetInt32(2) > 0, rows.GetInt64(3)));
        }

        return segments;
    }

    /// <summary>The next blocks from a position on, in rented buffers. Where the segment is dropped meanwhile, none: never some of them.</summary>
    public List<(int Position, byte[] Data, int Length)> Read(SegmentId segment, int from)
    {
        _begin.Execute();
        try
        {
            return Find(segment) is { } row ? Read(row, from) : [];
        }
        finally
        {
            _end.Execute();
        }
    }

    public byte[]? ReadPiece(BlockPiece piece) => Find(piece.Segment) is { } row
        ? database.ReadBlob("blocks", "data", (row << SegmentWrites.PositionBits) | (uint)piece.Position, piece.Offset, piece.Length)
        : null;

    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
        _list.Dispose();
        _find.Dispose();
        _blocks.Dispose();
    }

    private long? Find(SegmentId segment)
    {
        Span<byte> writer = stackalloc byte[WriterId.ByteLength];
        segment.Writer.WriteBytes(writer);
        using var rows = _find.Bind(1, writer).Bind(2, segment.Sequence).Query();
        return rows.Read() ? rows.GetInt64(0) : null;
    }

    private List<(int Position, byte[] Data, int Length)> Read(long segmentRow, int from)
    {
        var blocks = new List<(int, byte[], int)>();
        var first = segmentRow << SegmentWrites.PositionBits;
        var total = 0;
        using var rows = _blocks.Bind(1, first | (uint)from).Bind(2, (segmentRow + 1) << SegmentWrites.PositionBits).Query();
        while (total < PageBytes && rows.Read())
        {
            var data = rows.GetBytes(1);
            var copy = ArrayPool<byte>.Shared.Rent(Math.Max(data.Length, 1));
            data.CopyTo(copy);
            blocks.Add(((int)(rows.GetInt64(0) - first), copy, data.Length));
            total += data.Length;
        }

        return blocks;
    }
}
