using Orchestrator.Journals.Postgres.Sessions;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Postgres.Writing;

/// <summary>The runs' files.</summary>
internal sealed class ChunkWrites(PostgresDatabase database)
{
    // Need not be durable by itself: the server's log is one, and the next commit that waits for it makes this durable too.
    private readonly string _write = $"""
        WITH lazily AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
        wanted AS (SELECT id FROM {database.Schema}.runs WHERE id = ANY ($1) ORDER BY id FOR KEY SHARE)
        INSERT INTO {database.Schema}.chunks (run, first, count, seq, data)
        SELECT c.run, c.first, c.count, c.seq, c.data
        FROM lazily, unnest($1, $2, $3, $4, $5) c(run, first, count, seq, data) JOIN wanted ON wanted.id = c.run
        ORDER BY c.run, c.first ON CONFLICT DO NOTHING
        """;

    public ValueTask WriteAsync(IReadOnlyList<RunChunk> chunks, CancellationToken cancellationToken) => database.ExecuteAsync(
        _write, cancellationToken,
        chunks.Select(chunk => chunk.Run.ToGuid()).ToArray(),
        chunks.Select(chunk => chunk.FirstNumber).ToArray(),
        chunks.Select(chunk => chunk.Count).ToArray(),
        chunks.Select(chunk => chunk.CheckpointSeq).ToArray(),
        chunks.Select(chunk => chunk.Data.ToArray()).ToArray());
}
