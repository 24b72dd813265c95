using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.TestKit.Journal;

/// <summary>
/// What has become durable: shared by the journals of all hosts, and not touched by the death of any. It judges its callers as well: who
/// breaks the port's contract is told in <see cref="Violations"/>. Thread-safe.
/// </summary>
public sealed class MemoryStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<RunId, StoredRun> _runs = [];
    private readonly Dictionary<(string Tenant, string Key), RunId> _keys = [];
    private readonly List<string> _violations = [];
    private readonly List<(EntryBatch Batch, int Hash)> _kept = [];
    private int _openReads;

    public Outage Outage { get; set; }

    /// <summary>Called with each batch when it becomes visible.</summary>
    public Action<RunId, EntryBatch>? Committed { get; set; }

    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _violations,
                    .. _kept.Where(static kept => Hash(kept.Batch) != kept.Hash).Select(static kept => $"The bytes of entry {kept.Batch.FirstNumber} were changed after they were appended."),
                ];
            }
        }
    }

    /// <summary>Reads that were begun and neither finished nor disposed.</summary>
    public int OpenReads => Volatile.Read(ref _openReads);

    /// <summary>The run's row in the directory; null where there is none.</summary>
    public RunSummary? FindRow(RunId id)
    {
        lock (_lock)
        {
            return _runs.TryGetValue(id, out var run) ? run.Summary : null;
        }
    }

    internal CreateOutcome.KeyTaken? Create(NewRun run, EntryBatch first)
    {
        lock (_lock)
        {
            var id = run.Summary.Id;
            if (run.IdempotencyKey is { } key && !_keys.TryAdd((run.Summary.Tenant, key), id))
            {
                var taken = _keys[(run.Summary.Tenant, key)];
                return new CreateOutcome.KeyTaken(taken, _runs[taken].Created.RequestHash);
            }

            var stored = new StoredRun(run);
            _runs.Add(id, stored);
            Show(id, stored, first, run.Summary);
            return null;
        }
    }

    internal (long Epoch, long LastNumber, bool TakenOver)? Open(RunId id)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(id, out var run))
            {
                return null;
            }

            if (run.Unseen is { } unseen)
            {
                run.Unseen = null;
                Show(id, run, unseen.Batch, unseen.Summary);
            }

            if (run.Summary.Status.IsEnded())
            {
                return null;
            }

            var takenOver = !run.Released;
            run.Released = false;
            return (++run.Epoch, run.LastNumber, takenOver);
        }
    }

    /// <param name="id">The run.</param>
    /// <param name="epoch">Of the writer.</param>
    /// <param name="batch">What it appends.</param>
    /// <param name="summary">The directory's new row.</param>
    /// <param name="acknowledge">False: it lands, and nobody is told.</param>
    internal void Append(RunId id, long epoch, EntryBatch batch, RunSummary? summary, bool acknowledge)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(id, out var run) || run.Epoch != epoch)
            {
                throw new OwnershipLostException(id);
            }

            if (run.Summary.Status.IsEnded() && run.Batches[^1].Data.Span.SequenceEqual(batch.Data.Span))
            {
                // Its end had landed without its being told, and somebody who wanted to open the run has seen it.
                return;
            }

            if (run.Summary.Status.IsEnded())
            {
                throw Violation($"{id}: something was appended after the end.");
            }

            if (batch.FirstNumber != run.LastNumber + 1)
            {
                throw Violation($"{id}: a batch begins at {batch.FirstNumber}, the last entry is {run.LastNumber}.");
            }

            if (run.Unseen is { } unseen && !unseen.Batch.Data.Span.SequenceEqual(batch.Data.Span))
            {
                throw Violation($"{id}: after a failed append something else was appended as entry {batch.FirstNumber}.");
            }

            if (!acknowledge)
            {
                run.Unseen = (batch, summary);
                return;
            }

            run.Unseen = null;
            Show(id, run, batch, summary);
        }
    }

    internal void Release(RunId id, long epoch)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue(id, out var run) && run.Epoch == epoch)
            {
                run.Released = true;
                run.Epoch++;
            }
        }
    }

    internal IReadOnlyList<EntryBatch> Read(RunId id, long from)
    {
        lock (_lock)
        {
            return _runs.TryGetValue(id, out var run) ? run.Batches.Where(batch => batch.LastNumber >= from).ToArray() : [];
        }
    }

    internal IReadOnlyList<RunSummary> Summaries()
    {
        lock (_lock)
        {
            return _runs.Values.Select(static run => run.Summary).ToArray();
        }
    }

    internal bool Delete(RunId id)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(id, out var run) || !run.Summary.Status.IsEnded())
            {
                return false;
            }

            _runs.Remove(id);
            if (run.Created.IdempotencyKey is { } key)
            {
                _keys.Remove((run.Summary.Tenant, key));
            }

            return true;
        }
    }

    internal void ReadBegins() => Interlocked.Increment(ref _openReads);

    internal void ReadEnds() => Interlocked.Decrement(ref _openReads);

    internal InvalidOperationException Violation(string what)
    {
        lock (_lock)
        {
            _violations.Add(what);
            return new InvalidOperationException(what);
        }
    }

    private void Show(RunId id, StoredRun run, EntryBatch batch, RunSummary? summary)
    {
        run.Batches.Add(batch);
        run.Summary = summary ?? run.Summary;
        _kept.Add((batch, Hash(batch)));
        Committed?.Invoke(id, batch);
    }

    private static int Hash(EntryBatch batch)
    {
        var hash = default(HashCode);
        hash.AddBytes(batch.Data.Span);
        return hash.ToHashCode();
    }
}
