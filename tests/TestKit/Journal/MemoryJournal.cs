using System.Runtime.CompilerServices;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.TestKit.Journal;

/// <summary>One host's journal on a <see cref="MemoryStore"/>.</summary>
public sealed class MemoryJournal(MemoryStore store, MemoryJournalOptions? options = null) : IRunJournal
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly MemoryJournalOptions _options = options ?? new MemoryJournalOptions();
    private readonly List<PendingCommit> _pending = [];
    private bool _crashed;

    public MemoryJournal()
        : this(new MemoryStore())
    {
    }

    public MemoryStore Store => store;

    public JournalHealth Health => store.Outage == Outage.None ? JournalHealth.Good : new JournalHealth(false, "an outage of the test's making");

    /// <summary>The host is gone: nothing that waits here ever completes, and what was on its way landed or did not.</summary>
    public void Crash()
    {
        _crashed = true;
        PendingCommit[] pending;
        lock (_pending)
        {
            pending = [.. _pending];
            _pending.Clear();
        }

        foreach (var commit in pending)
        {
            if (commit.LandUnseen is { } land && _options.Random.Next(2) == 0)
            {
                Try(land);
            }
        }
    }

    public async ValueTask<CreateOutcome> CreateAsync(NewRun run, EntryBatch first, CancellationToken cancellationToken = default)
    {
        CreateOutcome.KeyTaken? taken = null;
        await CommitAsync(() => taken = store.Create(run, first), () => store.Create(run, first), mayFailLanded: false);
        return (CreateOutcome?)taken
            ?? new CreateOutcome.Created(new MemoryWriter(this, store, run.Summary.Id, epoch: 1, first.LastNumber, takenOver: false));
    }

    public async ValueTask<IRunWriter?> OpenAsync(RunId id, CancellationToken cancellationToken = default)
    {
        (long Epoch, long LastNumber, bool TakenOver)? opened = null;
        await CommitAsync(() => opened = store.Open(id), null);
        return opened is { } run ? new MemoryWriter(this, store, id, run.Epoch, run.LastNumber, run.TakenOver) : null;
    }

    public async IAsyncEnumerable<RunBatch> ReadManyAsync(
        IReadOnlyDictionary<RunId, long> from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var open = from.Select(pair => (Run: pair.Key, Batches: ReadAsync(pair.Key, pair.Value, cancellationToken).GetAsyncEnumerator(cancellationToken))).ToList();
        while (open.Count > 0)
        {
            for (var i = open.Count - 1; i >= 0; i--)
            {
                if (await open[i].Batches.MoveNextAsync())
                {
                    yield return new RunBatch(open[i].Run, open[i].Batches.Current);
                }
                else
                {
                    await open[i].Batches.DisposeAsync();
                    open.RemoveAt(i);
                }
            }
        }
    }

    public async IAsyncEnumerable<EntryBatch> ReadAsync(
        RunId id, long from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        store.ReadBegins();
        try
        {
            var first = Math.Max(1, from);
            for (var next = first; ;)
            {
                await ReadingAsync();
                cancellationToken.ThrowIfCancellationRequested();
                var batches = store.Read(id, next);
                if (batches.Count == 0)
                {
                    yield break;
                }

                var batch = _options.Regroup ? Regrouping.First(batches, next, mayBeginBefore: next == first, _options.Random) : batches[0];
                yield return batch;
                next = batch.LastNumber + 1;
            }
        }
        finally
        {
            store.ReadEnds();
        }
    }

    public async ValueTask<CheckpointPosition?> FindCheckpointAsync(RunId id, long seq, CancellationToken cancellationToken = default)
    {
        await ReadingAsync();
        return store.Read(id, 1).LastOrDefault(batch => batch.Checkpoint is { } checkpoint && checkpoint.Seq <= seq) is { } found
            ? new CheckpointPosition(found.FirstNumber, found.Checkpoint!)
            : null;
    }

    public async ValueTask<RunSummary?> FindAsync(RunId id, CancellationToken cancellationToken = default)
    {
        await ReadingAsync();
        return store.FindRow(id);
    }

    public async ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        await ReadingAsync();
        var found = store.Summaries().Reverse().Where(run => Matches(run, query)).Take(query.Limit + 1).ToList();
        return found.Count <= query.Limit
            ? new RunPage(found, null)
            : new RunPage(found[..query.Limit], found[query.Limit - 1].Id);
    }

    public async ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(
        Func<RunId, bool>? wanted = null, CancellationToken cancellationToken = default)
    {
        await ReadingAsync();
        return _options.HidesUnfinished ? [] : store.Summaries().Where(static run => !run.Status.IsEnded()).Select(static run => run.Id).Where(wanted ?? (static _ => true)).ToArray();
    }

    public async ValueTask<bool> DeleteAsync(RunId id, CancellationToken cancellationToken = default)
    {
        var deleted = false;
        await CommitAsync(() => deleted = store.Delete(id), null);
        return deleted;
    }

    public async ValueTask<int> ExpireAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken = default)
    {
        var deleted = 0;
        var before = endedBefore.ToUnixTimeMilliseconds();
        await CommitAsync(
            () => deleted = store.Summaries().Where(run => run.EndedAt < before).Take(limit).Count(run => store.Delete(run.Id)), null);
        return deleted;
    }

    /// <param name="land">The commit's effect, at the moment at which it becomes durable. May throw: it had none then.</param>
    /// <param name="landUnseen">The same where its caller is not told.</param>
    /// <param name="mayFailLanded">Whether it may have landed though its caller is told that the storage failed.</param>
    internal ValueTask CommitAsync(Action land, Action? landUnseen, bool mayFailLanded = true)
    {
        if (_crashed)
        {
            return new ValueTask(Never);
        }

        var commit = new PendingCommit(land, landUnseen);
        lock (_pending)
        {
            _pending.Add(commit);
        }

        Delayed(() => Land(commit, mayFailLanded));
        return new ValueTask(commit.Done.Task);
    }

    private void Land(PendingCommit commit, bool mayFailLanded)
    {
        lock (_pending)
        {
            if (!_pending.Remove(commit))
            {
                return;
            }
        }

        try
        {
            if (store.Outage != Outage.None)
            {
                if (mayFailLanded && commit.LandUnseen is { } land && _options.Random.Next(2) == 0)
                {
                    land();
                }

                throw new JournalUnavailableException("an outage of the test's making");
            }

            commit.Land();
            commit.Done.SetResult();
        }
        catch (Exception failure)
        {
            commit.Done.SetException(failure);
        }
    }

    private Task ReadingAsync()
    {
        if (_crashed)
        {
            return Never;
        }

        var done = new TaskCompletionSource();
        Delayed(() =>
        {
            if (store.Outage == Outage.Everything)
            {
                done.SetException(new JournalUnavailableException("an outage of the test's making"));
            }
            else if (!_crashed)
            {
                done.SetResult();
            }
        });
        return done.Task;
    }

    private void Delayed(Action action)
    {
        var wait = _options.MaxLatencyMs == 0 ? 0 : _options.Random.Next(_options.MaxLatencyMs + 1);
        if (wait == 0)
        {
            action();
            return;
        }

        _options.Clock!.After(TimeSpan.FromMilliseconds(wait), action);
    }

    private static bool Matches(RunSummary run, RunQuery query) =>
        query.Matches(run) && (query.Before is not { } before || run.Id < before);

    private static void Try(Action land)
    {
        try
        {
            land();
        }
        catch (OwnershipLostException)
        {
            // Somebody else has the run: it did not land.
        }
    }
}
