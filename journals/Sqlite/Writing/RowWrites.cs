using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Sqlite.Native;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>The directory's tables: rows, idempotency keys, searchable metadata.</summary>
internal sealed class RowWrites(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _insert = database.Prepare(
        "INSERT OR IGNORE INTO runs (id, tenant, status, model, ended_at, owner, epoch, released, fence, key, summary, error)"
        + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, 0, NULL, ?7, ?8, ?9)");
    private readonly SqliteStatement _update = database.Prepare(
        "UPDATE runs SET tenant = ?2, status = ?3, model = ?4, ended_at = ?5, summary = ?6,"
        + " fence = CASE WHEN owner = ?7 THEN NULL ELSE fence END, error = ?9 WHERE id = ?1");
    private readonly SqliteStatement _release = database.Prepare(
        "UPDATE runs SET released = 1, fence = NULL WHERE id = ?1 AND owner = ?2 AND epoch = ?3");
    private readonly SqliteStatement _find = database.Prepare("SELECT summary, key FROM runs WHERE id = ?1");
    private readonly SqliteStatement _owned = database.Prepare("SELECT 1 FROM runs WHERE id = ?1 AND owner = ?2 AND epoch = ?3");
    private readonly SqliteStatement _delete = database.Prepare("DELETE FROM runs WHERE id = ?1");
    private readonly SqliteStatement _insertMetadata = database.Prepare(
        "INSERT OR IGNORE INTO run_metadata (tenant, key, value, run) VALUES (?1, ?2, ?3, ?4)");
    private readonly SqliteStatement _deleteMetadata = database.Prepare(
        "DELETE FROM run_metadata WHERE tenant = ?1 AND key = ?2 AND value = ?3 AND run = ?4");
    private readonly SqliteStatement _insertKey = database.Prepare("INSERT INTO keys (tenant, key, run, hash) VALUES (?1, ?2, ?3, ?4)");
    private readonly SqliteStatement _findKey = database.Prepare("SELECT run, hash FROM keys WHERE tenant = ?1 AND key = ?2");
    private readonly SqliteStatement _deleteKey = database.Prepare("DELETE FROM keys WHERE tenant = ?1 AND key = ?2 AND run = ?3");
    private readonly SqliteStatement _insertDeleted = database.Prepare("INSERT OR IGNORE INTO deleted (run) VALUES (?1)");

    /// <summary>Adds a row with its key, owned by the writer. Answers what is in the way; then the transaction is to be rolled back.</summary>
    public CreationConflict? Create(WriterId writer, NewRun run)
    {
        var summary = run.Summary;
        var id = summary.Id.ToBytes();
        if (run.IdempotencyKey is { } key)
        {
            if (FindKey(summary.Tenant, key) is { } taken)
            {
                return new CreationConflict(summary.Id, taken.Run, taken.RequestHash);
            }

            _insertKey.Bind(1, summary.Tenant).Bind(2, key).Bind(3, id).Bind(4, run.RequestHash).Execute();
        }

        BindColumns(_insert.Bind(1, id), summary);
        var added = _insert.Bind(6, writer.ToBytes()).Bind(7, run.IdempotencyKey).Bind(8, SummaryCodec.Encode(summary)).Execute();
        if (added == 0)
        {
            return new CreationConflict(summary.Id, summary.Id, null);
        }

        AddMetadata(summary);
        return null;
    }

    public void Update(WriterId writer, RunSummary summary)
    {
        if (Find(summary.Id, out _) is not { } before)
        {
            return;
        }

        BindColumns(_update.Bind(1, summary.Id.ToBytes()), summary);
        _update.Bind(6, SummaryCodec.Encode(summary)).Bind(7, writer.ToBytes()).Execute();
        if (before.Tenant != summary.Tenant || before.Metadata.Count != summary.Metadata.Count || before.Metadata.Except(summary.Metadata).Any())
        {
            RemoveMetadata(before);
            AddMetadata(summary);
        }
    }

    public void Release(WriterId writer, RunRelease release) =>
        _release.Bind(1, release.Run.ToBytes()).Bind(2, writer.ToBytes()).Bind(3, release.Epoch).Execute();

    /// <summary>Removes the row of an ended run and everything found by it; the run's chunks are marked to be erased.</summary>
    public bool Delete(RunId run) => Find(run, out var key) is { } summary && summary.Status.IsEnded() && Remove(run, summary, key);

    /// <summary>The same for a run that was never born, if it is still this writer's.</summary>
    public bool Discard(WriterId owner, RunId run, long epoch) =>
        Find(run, out var key) is { } summary && !summary.Status.IsEnded() && IsOwned(owner, run, epoch) && Remove(run, summary, key);

    private bool IsOwned(WriterId owner, RunId run, long epoch)
    {
        using var rows = _owned.Bind(1, run.ToBytes()).Bind(2, owner.ToBytes()).Bind(3, epoch).Query();
        return rows.Read();
    }

    private bool Remove(RunId run, RunSummary summary, string? key)
    {
        var id = run.ToBytes();
        _delete.Bind(1, id).Execute();
        RemoveMetadata(summary);
        if (key is not null)
        {
            _deleteKey.Bind(1, summary.Tenant).Bind(2, key).Bind(3, id).Execute();
        }

        _insertDeleted.Bind(1, id).Execute();
        return true;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _release.Dispose();
        _find.Dispose();
        _owned.Dispose();
        _delete.Dispose();
        _insertMetadata.Dispose();
        _deleteMetadata.Dispose();
        _insertKey.Dispose();
        _findKey.Dispose();
        _deleteKey.Dispose();
        _insertDeleted.Dispose();
    }

    private static void BindColumns(SqliteStatement statement, RunSummary summary) =>
        statement.Bind(2, summary.Tenant).Bind(3, (long)summary.Status).Bind(4, summary.Model)
            .Bind(5, summary.Status.IsEnded() ? summary.EndedAt ?? summary.CreatedAt : null).Bind(9, ErrorText.Of(summary));

    private RunSummary? Find(RunId run, out string? key)
    {
        using var rows = _find.Bind(1, run.ToBytes()).Query();
        var found = rows.Read();
        key = found ? rows.GetText(1) : null;
        return found ? SummaryCodec.Decode(rows.GetBytes(0)) : null;
    }

    private CreateOutcome.KeyTaken? FindKey(string tenant, string key)
    {
        using var rows = _findKey.Bind(1, tenant).Bind(2, key).Query();
        return rows.Read() ? new CreateOutcome.KeyTaken(rows.GetRun(0), rows.GetText(1)) : null;
    }

    private void AddMetadata(RunSummary summary)
    {
        var id = summary.Id.ToBytes();
        foreach (var (key, value) in summary.Metadata)
        {
            _insertMetadata.Bind(1, summary.Tenant).Bind(2, key).Bind(3, value).Bind(4, id).Execute();
        }
    }

    private void RemoveMetadata(RunSummary summary)
    {
        var id = summary.Id.ToBytes();
        foreach (var (key, value) in summary.Metadata)
        {
            _deleteMetadata.Bind(1, summary.Tenant).Bind(2, key).Bind(3, value).Bind(4, id).Execute();
        }
    }
}
