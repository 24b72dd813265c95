using Orchestrator.Journals.Postgres.Sessions;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Postgres.Reading;

/// <summary>Reads of the log's tables.</summary>
internal sealed class LogReads(PostgresDatabase database)
{
    /// <summary>What one read of blocks answers at most, beyond its first and its last.</summary>
    private const int PageBytes = 2 << 20;

    private readonly string _list = $"""
        SELECT s.writer, s.sequence, s.sealed, coalesce((SELECT max(b.position) + 1 FROM {database.Schema}.blocks b WHERE b.segment = s.id), 0)
        FROM {database.Schema}.segments s
        """;

    private readonly string _blocks = $"""
        WITH found AS (SELECT id FROM {database.Schema}.segments WHERE writer = $1 AND sequence = $2)
        SELECT b.position, b.data FROM found JOIN {database.Schema}.blocks b ON b.segment = found.id
        WHERE b.position >= $3 AND b.position < $4::bigint + (
          SELECT min(n.position) FROM found JOIN {database.Schema}.blocks n ON n.segment = found.id AND n.position >= $3)
        ORDER BY b.position
        """;

    // A subquery per piece: each is found by the keys, however many blocks the planner believes that there are.
    private readonly string _pieces = $"""
        SELECT (
          SELECT substring(b.data FROM w.start + 1 FOR w.length) FROM {database.Schema}.segments s JOIN {database.Schema}.blocks b ON b.segment = s.id
          WHERE s.writer = w.writer AND s.sequence = w.sequence AND b.position = w.position)
        FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::int[]) WITH ORDINALITY w(writer, sequence, position, start, length, number)
        ORDER BY w.number
        """;

    public async ValueTask<IReadOnlyList<SegmentInfo>> ListAsync(CancellationToken cancellationToken) => await database.QueryAsync(
        _list,
        row => new SegmentInfo(new SegmentId(new WriterId(row.GetGuid(0)), row.GetInt32(1)), row.GetBoolean(2), row.GetInt32(3)),
        cancellationToken);

    /// <summary>The next blocks from a position on. One statement: where the segment is dropped meanwhile, all of them or none.</summary>
    public ValueTask<List<StoredBlock>> ReadAsync(SegmentId segment, int from, CancellationToken cancellationToken) => database.QueryAsync(
        _blocks, row => new StoredBlock(row.GetInt32(0), row.GetFieldValue<byte[]>(1)), cancellationToken,
        segment.Writer.Value, segment.Sequence, from, PageBytes);

    public ValueTask<List<byte[]?>> ReadPiecesAsync(IReadOnlyList<BlockPiece> pieces, CancellationToken cancellationToken) => database.QueryAsync(
        _pieces, row => row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0), cancellationToken,
        Column(pieces, static piece => piece.Segment.Writer.Value), Column(pieces, static piece => piece.Segment.Sequence),
        Column(pieces, static piece => piece.Position), Column(pieces, static piece => piece.Offset), Column(pieces, static piece => piece.Length));

    private static T[] Column<T>(IReadOnlyList<BlockPiece> pieces, Func<BlockPiece, T> value) => [.. pieces.Select(value)];
}
