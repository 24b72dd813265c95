using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Sqlite.Native;

namespace Orchestrator.Journals.Sqlite.Reading;

/// <summary>
/// The lists of runs, each read in one snapshot, as a run may change its status meanwhile. Every list goes along one index, newest first,
/// between two ids: what the index does not know is looked at run by run. Which index: that of errors where a text of them is asked for;
/// that of metadata where a pair of it is rare; otherwise those of the statuses, which are merged.
/// </summary>
internal sealed class ListReads(SqliteDatabase database) : IDisposable
{
    /// <summary>So many runs that have a pair of metadata are looked at one by one; of more, the next page is near by status as well.</summary>
    private const int RarePair = 2000;

    private static readonly RunStatus[] AllStatuses = Enum.GetValues<RunStatus>();
    private static readonly byte[] AfterAll = [.. Enumerable.Repeat((byte)0xFF, RunId.ByteLength)];

    private readonly SqliteStatement _begin = database.Prepare("BEGIN");
    private readonly SqliteStatement _end = database.Prepare("COMMIT");
    private readonly SqliteStatement _byStatus = database.Prepare("""
        SELECT id FROM runs INDEXED BY runs_by_status
        WHERE tenant = ?1 AND status = ?2 AND id < ?3 AND id >= ?4 ORDER BY id DESC LIMIT ?5
        """);
    private readonly SqliteStatement _byModel = database.Prepare("""
        SELECT id FROM runs INDEXED BY runs_by_model
        WHERE tenant = ?1 AND model = ?6 AND status = ?2 AND id < ?3 AND id >= ?4 ORDER BY id DESC LIMIT ?5
        """);
    private readonly SqliteStatement _byStatusWithPair = database.Prepare("""
        SELECT id FROM runs r INDEXED BY runs_by_status
        WHERE tenant = ?1 AND status = ?2 AND id < ?3 AND id >= ?4
          AND EXISTS (SELECT 1 FROM run_metadata m WHERE m.tenant = ?1 AND m.key = ?6 AND m.value = ?7 AND m.run = r.id)
        ORDER BY id DESC
        """);
    private readonly SqliteStatement _byMetadata = database.Prepare("""
        SELECT r.summary FROM run_metadata m CROSS JOIN runs r ON r.id = m.run
        WHERE m.tenant = ?1 AND m.key = ?2 AND m.value = ?3 AND m.run < ?4 AND m.run >= ?5 ORDER BY m.run DESC
        """);
    private readonly SqliteStatement _countPair = database.Prepare(
        "SELECT count(*) FROM (SELECT 1 FROM run_metadata WHERE tenant = ?1 AND key = ?2 AND value = ?3 AND run < ?4 AND run >= ?5 LIMIT ?6)");
    private readonly SqliteStatement _byError = database.Prepare("""
        SELECT id FROM runs INDEXED BY runs_by_error
        WHERE tenant = ?1 AND error IS NOT NULL AND id < ?2 AND id >= ?3 AND instr(error, ?4) > 0 ORDER BY id DESC
        """);
    private readonly SqliteStatement _all = database.Prepare("SELECT summary FROM runs WHERE id < ?1 AND id >= ?2 ORDER BY id DESC");
    private readonly SqliteStatement _find = database.Prepare("SELECT summary FROM runs WHERE id = ?1");

    public RunPage List(RunQuery query)
    {
        _begin.Execute();
        try
        {
            var found = Choose(query);
            var more = found.Count > query.Limit;
            if (more)
            {
                found.RemoveAt(found.Count - 1);
            }

            return new RunPage(found, more ? found[^1].Id : null);
        }
        finally
        {
            _end.Execute();
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
        _byStatus.Dispose();
        _byModel.Dispose();
        _byStatusWithPair.Dispose();
        _byMetadata.Dispose();
        _countPair.Dispose();
        _byError.Dispose();
        _all.Dispose();
        _find.Dispose();
    }

    private static byte[] Before(RunQuery query) => query.BeforeId?.ToBytes() ?? AfterAll;

    private static byte[] Oldest(RunQuery query) => query.OldestId.ToBytes();

    /// <summary>Up to one more than the page has.</summary>
    private List<RunSummary> Choose(RunQuery query) => query switch
    {
        { Tenant: null } => ListSummaries(_all.Bind(1, Before(query)).Bind(2, Oldest(query)), query),
        { Error.Length: > 0 } => ListByError(query),
        { Metadata.Count: > 0 } => ListByMetadata(query),
        _ => ListByStatus(query),
    };

    private List<RunSummary> ListByStatus(RunQuery query)
    {
        var statement = query.Model is null ? _byStatus : _byModel.Bind(6, query.Model);
        statement.Bind(1, query.Tenant).Bind(3, Before(query)).Bind(4, Oldest(query)).Bind(5, query.Limit + 1L);
        var ids = new List<RunId>();
        foreach (var status in StatusesOf(query))
        {
            using var rows = statement.Bind(2, (long)status).Query();
            while (rows.Read())
            {
                ids.Add(rows.GetRun(0));
            }
        }

        return [.. ids.OrderDescending().Take(query.Limit + 1).Select(Find)];
    }

    private List<RunSummary> ListByError(RunQuery query)
    {
        var found = new List<RunSummary>();
        _byError.Bind(1, query.Tenant).Bind(2, Before(query)).Bind(3, Oldest(query)).Bind(4, ErrorText.Fold(query.Error!));
        using var rows = _byError.Query();
        while (found.Count <= query.Limit && rows.Read())
        {
            AddMatching(found, Find(rows.GetRun(0)), query);
        }

        return found;
    }

    private List<RunSummary> ListByMetadata(RunQuery query)
    {
        foreach (var (key, value) in query.Metadata)
        {
            if (IsRare(query, key, value))
            {
                return ListSummaries(
                    _byMetadata.Bind(1, query.Tenant).Bind(2, key).Bind(3, value).Bind(4, Before(query)).Bind(5, Oldest(query)), query);
            }
        }

        var found = new List<RunSummary>();
        var (common, text) = query.Metadata.First();
        _byStatusWithPair.Bind(1, query.Tenant).Bind(3, Before(query)).Bind(4, Oldest(query)).Bind(6, common).Bind(7, text);
        foreach (var status in StatusesOf(query))
        {
            var page = new List<RunSummary>();
            using var rows = _byStatusWithPair.Bind(2, (long)status).Query();
            while (page.Count <= query.Limit && rows.Read())
            {
                AddMatching(page, Find(rows.GetRun(0)), query);
            }

            found.AddRange(page);
        }

        return [.. found.OrderByDescending(static run => run.Id).Take(query.Limit + 1)];
    }

    private static IEnumerable<RunStatus> StatusesOf(RunQuery query) => query.Statuses.Count > 0 ? query.Statuses.Distinct() : AllStatuses;

    private bool IsRare(RunQuery query, string key, string value)
    {
        _countPair.Bind(1, query.Tenant).Bind(2, key).Bind(3, value).Bind(4, Before(query)).Bind(5, Oldest(query)).Bind(6, RarePair);
        using var rows = _countPair.Query();
        return rows.Read() && rows.GetInt64(0) < RarePair;
    }

    private static List<RunSummary> ListSummaries(SqliteStatement statement, RunQuery query)
    {
        var found = new List<RunSummary>();
        using var rows = statement.Query();
        while (found.Count <= query.Limit && rows.Read())
        {
            AddMatching(found, SummaryCodec.Decode(rows.GetBytes(0)), query);
        }

        return found;
    }

    private static void AddMatching(List<RunSummary> found, RunSummary run, RunQuery query)
    {
        if (query.Matches(run))
        {
            found.Add(run);
        }
    }

    private RunSummary Find(RunId run)
    {
        using var rows = _find.Bind(1, run.ToBytes()).Query();
        return rows.Read() ? SummaryCodec.Decode(rows.GetBytes(0)) : throw new InvalidDataException($"{database.Path}: {run} is in an index only.");
    }
}
