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

    private readonly string _piece = $"""
        SELECT substring(b.data FROM $4 + 1 FOR $5) FROM {database.Schema}.segments s JOIN {database.Schema}.blocks b ON b.segment = s.id
        WHERE s.writer = $1 AND s.sequence = $2 AND b.position = $3
        """;

    public async ValueTask<IReadOnlyList<SegmentInfo>> ListAsync(CancellationToken cancellationToken) => await database.QueryAsync(
        _list,
        row => new SegmentInfo(new SegmentId(new WriterId(row.GetGuid(0)), row.GetInt32(1)), row.GetBoolean(2), row.GetInt32(3)),
        cancellationToken);

    /// <summary>The next blocks from a position on. One statement: where the segment is dropped meanwhile, all of them or none.</summary>
    public ValueTask<List<StoredBlock>> ReadAsync(SegmentId segment, int from, CancellationToken cancellationToken) => database.QueryAsync(
        _blocks, row => new StoredBlock(row.GetInt32(0), row.GetFieldValue<byte[]>(1)), cancellationToken,
        segment.Writer.Value, segment.Sequence, from, PageBytes);

    public async ValueTask<byte[]?> ReadPieceAsync(SegmentId segment, int position, int offset, int length, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            _piece, row => row.GetFieldValue<byte[]>(0), cancellationToken,
            segment.Writer.Value, segment.Sequence, position, offset, length)) is [var piece] ? piece : null;
}
