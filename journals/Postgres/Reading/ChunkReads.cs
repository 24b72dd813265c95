using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Postgres.Sessions;

namespace Orchestrator.Journals.Postgres.Reading;

/// <summary>Reads of the runs' files.</summary>
internal sealed class ChunkReads(PostgresDatabase database)
{
    private readonly string _find = $"""
        SELECT c.data FROM (
          SELECT first, count, data FROM {database.Schema}.chunks WHERE run = $1 AND first <= $2 ORDER BY first DESC LIMIT 1) c
        WHERE c.first + c.count > $2
        """;

    private readonly string _findBySeq =
        $"SELECT data FROM {database.Schema}.chunks WHERE run = $1 AND seq <= $2 ORDER BY first DESC LIMIT 1";

    private readonly string _last = $"""
        SELECT coalesce((SELECT c.first + c.count - 1 FROM {database.Schema}.chunks c WHERE c.run = w.run ORDER BY c.first DESC LIMIT 1), 0)
        FROM unnest($1) WITH ORDINALITY w(run, place) ORDER BY w.place
        """;

    public ValueTask<byte[]?> FindAsync(RunId run, long number, CancellationToken cancellationToken) => FindAsync(_find, run, number, cancellationToken);

    public ValueTask<byte[]?> FindBySeqAsync(RunId run, long seq, CancellationToken cancellationToken) => FindAsync(_findBySeq, run, seq, cancellationToken);

    public async ValueTask<IReadOnlyList<long>> FindLastNumbersAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        await database.QueryAsync(_last, row => row.GetInt64(0), cancellationToken, runs.ToGuids());

    private async ValueTask<byte[]?> FindAsync(string sql, RunId run, long at, CancellationToken cancellationToken) =>
        (await database.QueryAsync(sql, row => row.GetFieldValue<byte[]>(0), cancellationToken, run.ToGuid(), at)) is [var data] ? data : null;
}
