using Orchestrator.Journals.Postgres.Sessions;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Postgres.Writing;

/// <summary>The log's tables, but for what a commit appends.</summary>
internal sealed class SegmentWrites(PostgresDatabase database)
{
    private readonly string _create =
        $"INSERT INTO {database.Schema}.segments (writer, sequence, sealed) VALUES ($1, $2, false) ON CONFLICT DO NOTHING";

    // A commit that is under way holds the row: this waits for it.
    private readonly string _seal = $"""
        WITH wanted AS (
          SELECT s.id FROM {database.Schema}.segments s JOIN unnest($1, $2) w(writer, sequence) ON s.writer = w.writer AND s.sequence = w.sequence
          WHERE NOT s.sealed ORDER BY s.id FOR NO KEY UPDATE OF s)
        UPDATE {database.Schema}.segments s SET sealed = true FROM wanted WHERE s.id = wanted.id
        """;

    private readonly string _drop = $"""
        WITH dropped AS (DELETE FROM {database.Schema}.segments WHERE writer = $1 AND sequence = $2 RETURNING id)
        DELETE FROM {database.Schema}.blocks b USING dropped WHERE b.segment = dropped.id
        """;

    public ValueTask CreateAsync(SegmentId segment) =>
        database.ExecuteAsync(_create, CancellationToken.None, segment.Writer.Value, segment.Sequence);

    public ValueTask SealAsync(IReadOnlyList<SegmentId> segments) => database.ExecuteAsync(
        _seal, CancellationToken.None,
        segments.Select(segment => segment.Writer.Value).ToArray(), segments.Select(segment => segment.Sequence).ToArray());

    public ValueTask DropAsync(SegmentId segment) =>
        database.ExecuteAsync(_drop, CancellationToken.None, segment.Writer.Value, segment.Sequence);
}
