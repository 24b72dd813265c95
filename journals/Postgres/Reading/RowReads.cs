using Npgsql;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Postgres.Sessions;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Postgres.Reading;

/// <summary>Reads of single rows of the directory, and of the lists that are not for callers.</summary>
internal sealed class RowReads(PostgresDatabase database)
{
    private readonly string _find = $"SELECT summary FROM {database.Schema}.runs WHERE id = ANY ($1)";
    private readonly string _findKey = $"SELECT run, hash FROM {database.Schema}.keys WHERE id = $1";
    private readonly string _owned = $"SELECT id, epoch FROM {database.Schema}.runs WHERE owner = $1 AND status < 3 AND NOT released";
    private readonly string _unfinished = $"SELECT id FROM {database.Schema}.runs WHERE status < 3 ORDER BY id";
    private readonly string _ended = $"SELECT id FROM {database.Schema}.runs WHERE ended_at < $1 ORDER BY ended_at LIMIT $2";

    public async ValueTask<IReadOnlyList<RunSummary>> FindAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        await database.QueryAsync(_find, row => SummaryCodec.Decode(row.GetFieldValue<byte[]>(0)), cancellationToken, runs.ToGuids());

    public async ValueTask<CreateOutcome.KeyTaken?> FindKeyAsync(string tenant, string key, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            _findKey, row => new CreateOutcome.KeyTaken(row.GetGuid(0).ToRun(), row.IsDBNull(1) ? null : row.GetString(1)), cancellationToken,
            Digest.OfKey(tenant, key))) is [var taken] ? taken : null;

    public async ValueTask<IReadOnlyDictionary<RunId, long>> ListOwnedAsync(WriterId writer)
    {
        var owned = await database.QueryAsync(
            _owned, row => KeyValuePair.Create(row.GetGuid(0).ToRun(), row.GetInt64(1)), CancellationToken.None, writer.Value);
        return new Dictionary<RunId, long>(owned);
    }

    public async ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        await database.QueryAsync(_unfinished, ReadRun, cancellationToken);

    public async ValueTask<IReadOnlyList<RunId>> ListEndedAsync(long before, int limit, CancellationToken cancellationToken) =>
        await database.QueryAsync(_ended, ReadRun, cancellationToken, before, limit);

    private static RunId ReadRun(NpgsqlDataReader row) => row.GetGuid(0).ToRun();
}
