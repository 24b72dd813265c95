using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Postgres.Sessions;

namespace Orchestrator.Journals.Postgres.Reading;

/// <summary>
/// The lists of runs. Every list goes along one index, newest first, between two ids: that of errors where a text of them is asked for, that of
/// metadata where a pair of it is; otherwise those of the statuses, merged in one statement, as a run may change its status meanwhile. What an
/// index does not know is looked at run by run.
/// </summary>
internal sealed class ListReads(PostgresDatabase database)
{
    /// <summary>How many runs are fetched in one statement to be looked at, at the least.</summary>
    private const int MinLook = 50;

    private static readonly RunStatus[] AllStatuses = Enum.GetValues<RunStatus>();
    private static readonly Guid AfterAll = new([.. Enumerable.Repeat((byte)0xFF, RunId.ByteLength)]);

    private readonly string _byStatus = ByStatus(database.Schema, "");
    private readonly string _byModel = ByStatus(database.Schema, "AND model = $6 ");

    private readonly string _byMetadata = $"""
        SELECT r.summary FROM {database.Schema}.run_metadata m JOIN {database.Schema}.runs r ON r.id = m.run
        WHERE m.pair = $4 AND m.run < $1 AND m.run >= $2 AND r.status = ANY ($5) AND NOT EXISTS (
          SELECT FROM unnest($6) p WHERE NOT EXISTS (SELECT FROM {database.Schema}.run_metadata o WHERE o.pair = p AND o.run = m.run))
        ORDER BY m.run DESC LIMIT $3
        """;

    private readonly string _byError = $"""
        SELECT summary FROM {database.Schema}.runs
        WHERE tenant = $4 AND error IS NOT NULL AND id < $1 AND id >= $2 AND position($5 IN error) > 0 ORDER BY id DESC LIMIT $3
        """;

    private readonly string _all = $"SELECT summary FROM {database.Schema}.runs WHERE id < $1 AND id >= $2 ORDER BY id DESC LIMIT $3";

    public async ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var found = await ChooseAsync(query, cancellationToken);
        var page = found.Take(query.Limit).ToList();
        return new RunPage(page, found.Count > query.Limit ? page[^1].Id : null);
    }

    private static string ByStatus(string schema, string model) => $"""
        SELECT r.summary FROM unnest($5) s(status) CROSS JOIN LATERAL (
          SELECT id, summary FROM {schema}.runs
          WHERE tenant = $4 {model}AND status = s.status AND id < $1 AND id >= $2 ORDER BY id DESC LIMIT $3) r
        ORDER BY r.id DESC LIMIT $3
        """;

    private static short[] StatusesOf(RunQuery query) =>
        [.. (query.Statuses.Count > 0 ? query.Statuses.Distinct() : AllStatuses).Select(status => (short)status)];

    /// <summary>At least one more than the page has, where there are so many.</summary>
    private ValueTask<List<RunSummary>> ChooseAsync(RunQuery query, CancellationToken cancellationToken)
    {
        if (query.Tenant is not { } tenant)
        {
            return LookAsync(_all, query, cancellationToken);
        }

        if (query.Error is { Length: > 0 } error)
        {
            return LookAsync(_byError, query, cancellationToken, Digest.Of(tenant), ErrorText.Fold(error));
        }

        if (query.Metadata.Count > 0)
        {
            var pairs = query.Metadata.Select(pair => Digest.OfPair(tenant, pair.Key, pair.Value)).ToArray();
            return LookAsync(_byMetadata, query, cancellationToken, pairs[0], StatusesOf(query), pairs[1..]);
        }

        return query.Model is { } model
            ? LookAsync(_byModel, query, cancellationToken, Digest.Of(tenant), StatusesOf(query), Digest.Of(model))
            : LookAsync(_byStatus, query, cancellationToken, Digest.Of(tenant), StatusesOf(query));
    }

    /// <param name="sql">Its first three parameters are the id to be below, the lowest one, and how many.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Whether it is still wanted.</param>
    /// <param name="values">The further parameters.</param>
    private async ValueTask<List<RunSummary>> LookAsync(
        string sql, RunQuery query, CancellationToken cancellationToken, params object[] values)
    {
        var look = Math.Max(MinLook, query.Limit + 1L);
        var before = query.BeforeId?.ToGuid() ?? AfterAll;
        var found = new List<RunSummary>();
        while (true)
        {
            var runs = await database.QueryAsync(
                sql, row => SummaryCodec.Decode(row.GetFieldValue<byte[]>(0)), cancellationToken, [before, query.OldestId.ToGuid(), look, .. values]);
            found.AddRange(runs.Where(query.Matches));
            if (found.Count > query.Limit || runs.Count < look)
            {
                return found;
            }

            before = runs[^1].Id.ToGuid();
        }
    }
}
