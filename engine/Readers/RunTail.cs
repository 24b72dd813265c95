using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Readers;

/// <summary>
/// The newest committed entries of an active run, shared by all its readers. A reader holds a position, never a batch, so that a slow
/// one keeps nothing alive: what has left the tail it reads from the journal. Thread-safe.
/// </summary>
internal sealed class RunTail(TailBudget budget)
{
    /// <summary>What a batch takes in memory beside its data, about.</summary>
    private const int Overhead = 160;

    private readonly Lock _lock = new();
    private readonly BatchRing _batches = new();
    private readonly List<TailCursor> _cursors = [];
    private long _bytes;
    private TailEnd _end;

    /// <summary>The number of the last committed entry.</summary>
    public long LastNumber { get; private set; }

    public void Start(long lastNumber) => LastNumber = lastNumber;

    public void Publish(EntryBatch entries)
    {
        lock (_lock)
        {
            _batches.Add(new TailBatch(entries));
            _bytes += entries.Data.Length + Overhead;
            LastNumber = entries.LastNumber;
            while (_bytes > budget.PerRun && _batches.Count > 1)
            {
                _bytes -= _batches.RemoveFirst().Entries.Data.Length + Overhead;
            }

            Wake();
        }
    }

    /// <summary>No more entries will come from this host: the run has ended, or it goes on elsewhere.</summary>
    public void Close(TailEnd end)
    {
        lock (_lock)
        {
            if (_end == TailEnd.Open)
            {
                _end = end;
                Wake();
            }
        }
    }

    /// <summary>The batch with that entry, if it is still (or already) here.</summary>
    public TailBatch? Find(long number)
    {
        lock (_lock)
        {
            return _batches.Find(number);
        }
    }

    public TailCursor AddCursor()
    {
        var cursor = new TailCursor(this);
        lock (_lock)
        {
            _cursors.Add(cursor);
        }

        return cursor;
    }

    internal void Remove(TailCursor cursor)
    {
        lock (_lock)
        {
            _cursors.Remove(cursor);
        }
    }

    /// <summary>True: no need to wait. Otherwise the cursor is woken when that changes.</summary>
    internal bool Arm(TailCursor cursor, long number, out TailEnd end)
    {
        lock (_lock)
        {
            end = _end;
            if (number <= LastNumber || _end != TailEnd.Open)
            {
                return true;
            }

            cursor.Armed = true;
            return false;
        }
    }

    internal void Disarm(TailCursor cursor, TailSignal signal)
    {
        lock (_lock)
        {
            if (cursor.Armed)
            {
                cursor.Armed = false;
                cursor.Complete(signal);
            }
        }
    }

    internal TailEnd End
    {
        get
        {
            lock (_lock)
            {
                return _end;
            }
        }
    }

    private void Wake()
    {
        foreach (var cursor in _cursors)
        {
            if (cursor.Armed)
            {
                cursor.Armed = false;
                cursor.Complete(TailSignal.Moved);
            }
        }
    }
}
