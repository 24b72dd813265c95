using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Sqlite.Native;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Sqlite.Reading;

/// <summary>Reads of single rows of the directory, and of the lists that are not for callers.</summary>
internal sealed class RowReads(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _find = database.Prepare("SELECT summary FROM runs WHERE id = ?1");
    private readonly SqliteStatement _findKey = database.Prepare("SELECT run, hash FROM keys WHERE tenant = ?1 AND key = ?2");
    private readonly SqliteStatement _owned = database.Prepare(
        "SELECT id, epoch FROM runs INDEXED BY runs_unfinished WHERE owner = ?1 AND status < 3 AND released = 0");
    private readonly SqliteStatement _unfinished = database.Prepare(
        "SELECT id FROM runs INDEXED BY runs_unfinished WHERE status < 3 ORDER BY id");
    private readonly SqliteStatement _ended = database.Prepare(
        "SELECT id FROM runs INDEXED BY runs_ended WHERE ended_at < ?1 ORDER BY ended_at LIMIT ?2");

    public List<RunSummary> Find(IReadOnlyList<RunId> runs)
    {
        var found = new List<RunSummary>(runs.Count);
        foreach (var run in runs)
        {
            using var rows = _find.Bind(1, run.ToBytes()).Query();
            if (rows.Read())
            {
                found.Add(SummaryCodec.Decode(rows.GetBytes(0)));
            }
        }

        return found;
    }

    public CreateOutcome.KeyTaken? FindKey(string tenant, string key)
    {
        using var rows = _findKey.Bind(1, tenant).Bind(2, key).Query();
        return rows.Read() ? new CreateOutcome.KeyTaken(rows.GetRun(0), rows.GetText(1)) : null;
    }

    public Dictionary<RunId, long> ListOwned(WriterId writer)
    {
        var owned = new Dictionary<RunId, long>();
        using var rows = _owned.Bind(1, writer.ToBytes()).Query();
        while (rows.Read())
        {
            owned.Add(rows.GetRun(0), rows.GetInt64(1));
        }

        return owned;
    }

    public List<RunId> ListUnfinished() => Collect(_unfinished);

    public List<RunId> ListEnded(long before, int limit) => Collect(_ended.Bind(1, before).Bind(2, limit));

    public void Dispose()
    {
        _find.Dispose();
        _findKey.Dispose();
        _owned.Dispose();
        _unfinished.Dispose();
        _ended.Dispose();
    }

    private static List<RunId> Collect(SqliteStatement statement)
    {
        var runs = new List<RunId>();
        using var rows = statement.Query();
        while (rows.Read())
        {
            runs.Add(rows.GetRun(0));
        }

        return runs;
    }
}
