using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Sqlite.Native;

namespace Orchestrator.Journals.Sqlite.Reading;

/// <summary>
/// The lists of runs. Each index answers one status, newest first; a list of several is merged from them, in one snapshot, as a run may
/// change its status meanwhile.
/// </summary>
internal sealed class ListReads(SqliteDatabase database) : IDisposable
{
    private static readonly RunStatus[] AllStatuses = Enum.GetValues<RunStatus>();
    private static readonly byte[] AfterAll = [.. Enumerable.Repeat((byte)0xFF, RunId.ByteLength)];

    private readonly SqliteStatement _begin = database.Prepare("BEGIN");
    private readonly SqliteStatement _end = database.Prepare("COMMIT");
    private readonly SqliteStatement _byStatus = database.Prepare("""
        SELECT id FROM runs INDEXED BY runs_by_status
        WHERE tenant = ?1 AND status = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4
        """);
    private readonly SqliteStatement _byModel = database.Prepare("""
        SELECT id FROM runs INDEXED BY runs_by_model
        WHERE tenant = ?1 AND model = ?5 AND status = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4
        """);
    private readonly SqliteStatement _byMetadata = database.Prepare("""
        SELECT r.summary FROM run_metadata m CROSS JOIN runs r ON r.id = m.run
        WHERE m.tenant = ?1 AND m.key = ?2 AND m.value = ?3 AND m.run < ?4 ORDER BY m.run DESC
        """);
    private readonly SqliteStatement _find = database.Prepare("SELECT summary FROM runs WHERE id = ?1");

    public RunPage List(RunQuery query)
    {
        _begin.Execute();
        try
        {
            var found = query.Metadata.Count > 0 ? ListByMetadata(query) : ListByStatus(query);
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
        _byMetadata.Dispose();
        _find.Dispose();
    }

    private static byte[] Before(RunQuery query) => query.Before?.ToBytes() ?? AfterAll;

    private List<RunSummary> ListByStatus(RunQuery query)
    {
        var statement = query.Model is null ? _byStatus : _byModel.Bind(5, query.Model);
        statement.Bind(1, query.Tenant).Bind(3, Before(query)).Bind(4, query.Limit + 1L);
        var ids = new List<RunId>();
        foreach (var status in query.Statuses.Count > 0 ? query.Statuses.Distinct() : AllStatuses)
        {
            using var rows = statement.Bind(2, (long)status).Query();
            while (rows.Read())
            {
                ids.Add(rows.GetRun(0));
            }
        }

        return [.. ids.OrderDescending().Take(query.Limit + 1).Select(Find)];
    }

    /// <summary>One pair of the metadata through its index; what else is asked for is looked at run by run.</summary>
    private List<RunSummary> ListByMetadata(RunQuery query)
    {
        var found = new List<RunSummary>();
        var (key, value) = query.Metadata.First();
        using var rows = _byMetadata.Bind(1, query.Tenant).Bind(2, key).Bind(3, value).Bind(4, Before(query)).Query();
        while (found.Count <= query.Limit && rows.Read())
        {
            var summary = SummaryCodec.Decode(rows.GetBytes(0));
            if ((query.Model is null || summary.Model == query.Model)
                && (query.Statuses.Count == 0 || query.Statuses.Contains(summary.Status))
                && query.Metadata.All(pair => summary.Metadata.TryGetValue(pair.Key, out var has) && has == pair.Value))
            {
                found.Add(summary);
            }
        }

        return found;
    }

    private RunSummary Find(RunId run)
    {
        using var rows = _find.Bind(1, run.ToBytes()).Query();
        return rows.Read() ? SummaryCodec.Decode(rows.GetBytes(0)) : throw new InvalidDataException($"{database.Path}: {run} is in an index only.");
    }
}
