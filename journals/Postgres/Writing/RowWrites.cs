using System.Globalization;
using Npgsql;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Postgres.Sessions;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Postgres.Writing;

/// <summary>Changes of ownership, and deletion.</summary>
internal sealed class RowWrites(PostgresDatabase database)
{
    private readonly string _claim = $"""
        WITH found AS (
          SELECT id, owner, epoch, released, fence FROM {database.Schema}.runs
          WHERE id = ANY ($2) AND status < 3 ORDER BY id FOR NO KEY UPDATE)
        UPDATE {database.Schema}.runs r SET owner = $1, epoch = found.epoch + 1, released = false,
          fence = CASE WHEN found.released OR found.owner = ANY (found.fence) THEN found.fence ELSE found.fence || found.owner END
        FROM found WHERE r.id = found.id RETURNING r.id, r.epoch, found.owner, r.fence
        """;

    private readonly string _delete = Remove(database.Schema, "SELECT id FROM {0}.runs WHERE id = ANY ($1) AND status >= 3 ORDER BY id FOR UPDATE");

    private readonly string _discard = Remove(
        database.Schema,
        """
        SELECT r.id FROM {0}.runs r JOIN unnest($1, $3) o (id, epoch) ON o.id = r.id
        WHERE r.owner = $2 AND r.epoch = o.epoch AND r.status < 3 ORDER BY r.id FOR UPDATE OF r
        """);

    // A chunk that is being written holds its run's row, so that none is added once the row is gone.
    private readonly string _erase = $"""
        DELETE FROM {database.Schema}.chunks c WHERE c.run = ANY ($1)
          AND NOT EXISTS (SELECT FROM {database.Schema}.runs r WHERE r.id = c.run)
        """;

    public async ValueTask<IReadOnlyList<RunClaim>> ClaimAsync(WriterId writer, IReadOnlyList<RunId> runs) =>
        await database.QueryAsync(
            _claim,
            row => new RunClaim(
                row.GetGuid(0).ToRun(), row.GetInt64(1), new WriterId(row.GetGuid(2)), [.. row.GetFieldValue<Guid[]>(3).Select(id => new WriterId(id))]),
            CancellationToken.None, writer.Value, runs.ToGuids());

    /// <summary>Of ended runs.</summary>
    public ValueTask<List<RunId>> DeleteAsync(IReadOnlyList<RunId> runs)
    {
        var ids = runs.ToGuids();
        return RemoveAsync(ids, new NpgsqlBatchCommand(_delete) { Parameters = { new() { Value = ids } } });
    }

    /// <summary>Of runs that were never born.</summary>
    public ValueTask<List<RunId>> DiscardAsync(WriterId owner, IReadOnlyList<KeyValuePair<RunId, long>> epochs)
    {
        var ids = epochs.Select(static pair => pair.Key).ToList().ToGuids();
        return RemoveAsync(ids, new NpgsqlBatchCommand(_discard)
        {
            Parameters = { new() { Value = ids }, new() { Value = owner.Value }, new() { Value = epochs.Select(static pair => pair.Value).ToArray() } },
        });
    }

    private static string Remove(string schema, string found) => $"""
        WITH found AS ({string.Format(CultureInfo.InvariantCulture, found, schema)}),
        gone AS (DELETE FROM {schema}.runs r USING found WHERE r.id = found.id RETURNING r.id, r.key, r.pairs),
        keys AS (DELETE FROM {schema}.keys k USING gone WHERE k.id = gone.key AND k.run = gone.id),
        pairs AS (
          DELETE FROM {schema}.run_metadata m USING gone, {schema}.split(gone.pairs) p WHERE m.pair = p AND m.run = gone.id)
        SELECT id FROM gone
        """;

    /// <summary>
    /// Removes rows and everything found by them, and the runs' chunks, in one transaction of two statements: the second sees the chunks that
    /// the first one waited for.
    /// </summary>
    private ValueTask<List<RunId>> RemoveAsync(Guid[] ids, NpgsqlBatchCommand remove) => database.RunAsync(
        async (connection, stop) =>
        {
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands = { remove, new NpgsqlBatchCommand(_erase) { Parameters = { new() { Value = ids } } } },
            };
            await using var reader = await batch.ExecuteReaderAsync(stop);
            var removed = new List<RunId>();
            while (await reader.ReadAsync(stop))
            {
                removed.Add(reader.GetGuid(0).ToRun());
            }

            return removed;
        },
        CancellationToken.None);
}
