using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Changes;

/// <summary>
/// The runs of a host in the order in which they last changed. A change moves its run to the end and gives it the next number: that is all
/// it costs, however many watch, and who reads from a number on gets each run that has changed since once, as it is now. Runs that have
/// ended stay for a while, the latest ones, so that a reader who comes back in time has missed nothing. What other hosts tell of their runs
/// has its place among them. Thread-safe.
/// </summary>
public sealed class RunChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RunId, ChangeSlot> _slots = [];
    private readonly HashSet<ChangeSlot> _live = [];

    /// <summary>Runs of other hosts that have not ended.</summary>
    private readonly HashSet<ChangeSlot> _elsewhere = [];

    private readonly int _kept;
    private readonly int _keptElsewhere;
    private ChangeSlot? _first;
    private ChangeSlot? _last;
    private long _number;

    /// <summary>The number of the last change that was forgotten.</summary>
    private long _forgotten;

    /// <param name="log">Tells this log from others: of other hosts, and of earlier starts.</param>
    /// <param name="kept">So many runs that nobody works on here any more are kept.</param>
    /// <param name="keptElsewhere">And so many, about, that other hosts work on.</param>
    public RunChanges(long log, int kept = 5000, int keptElsewhere = 20_000)
    {
        Log = log;
        _kept = kept;
        _keptElsewhere = keptElsewhere;
    }

    /// <summary>Tells this host, since this start, from all others.</summary>
    public long Log { get; }

    public FeedPosition Head
    {
        get
        {
            lock (_lock)
            {
                return new FeedPosition(Log, _number);
            }
        }
    }

    /// <summary>What has changed since a place.</summary>
    /// <param name="tenant">Of this tenant's runs.</param>
    /// <param name="after">The place.</param>
    /// <param name="movedAfter">
    /// Where given: only changes after this number, too, and only those that are more than progress (another status, phase, or attempt).
    /// Then the answer's position is for the next such call; <paramref name="after"/> stays where it is.
    /// </param>
    public ChangePage Read(string tenant, FeedPosition after, long? movedAfter = null) =>
        Read(slot => slot.Tenant == tenant, after, movedAfter, int.MaxValue);

    /// <summary>The same for another host: of all tenants' runs, and not what others told of theirs.</summary>
    /// <param name="after">The place.</param>
    /// <param name="movedAfter">As above.</param>
    /// <param name="most">So many at a time, the oldest ones: a run that changes again meanwhile is still told once.</param>
    internal ChangePage ReadOwn(FeedPosition after, long? movedAfter, int most = int.MaxValue) =>
        Read(static slot => !slot.IsElsewhere, after, movedAfter, most);

    private ChangePage Read(Func<ChangeSlot, bool> isAsked, FeedPosition after, long? movedAfter, int most)
    {
        var found = new List<(ChangeSlot Slot, long Place)>();
        (IChangingRun? Live, RunSummary? Last, bool Moved)[] states;
        FeedPosition position;
        bool tooOld;
        bool isCut;
        lock (_lock)
        {
            position = new FeedPosition(Log, _number);
            tooOld = after.Log != Log || after.Number > _number || after.Number < _forgotten;
            var from = after.Log == Log ? Math.Max(after.Number, movedAfter ?? 0) : _number;
            for (var slot = _last; slot is not null && slot.Number > from; slot = slot.Before)
            {
                if (isAsked(slot) && (movedAfter is not { } moved || slot.Moved > moved))
                {
                    found.Add((slot, movedAfter is null ? slot.Number : slot.Moved));
                }
            }

            found.Reverse();
            isCut = !tooOld && found.Count > most;
            if (isCut)
            {
                // Where only moves are asked for, progress since has changed their order.
                found.Sort(static (one, other) => one.Place.CompareTo(other.Place));
                found.RemoveRange(most, found.Count - most);
                position = new FeedPosition(Log, found[^1].Place);
            }

            states = [.. found.Select(one => (one.Slot.Live, one.Slot.Last, one.Slot.Moved > from))];
        }

        // Outside of the lock: looking at a run waits for who folds it.
        var changes = new RunChange[found.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            var (slot, (live, last, hasMoved)) = (found[i].Slot, states[i]);
            changes[i] = new RunChange(slot.Run, live?.Summarize() ?? last, slot.Tenant, hasMoved);
        }

        return new ChangePage(changes, position, tooOld, isCut);
    }

    /// <summary>Takes note of runs that have fallen silent, of which no commit tells. For who is about to read.</summary>
    public void Refresh()
    {
        ChangeSlot[] live;
        lock (_lock)
        {
            live = [.. _live];
        }

        foreach (var slot in live)
        {
            var phase = slot.Live?.Phase() ?? RunPhase.Ended;
            lock (_lock)
            {
                if (phase == RunPhase.Stalled && slot is { Live: not null, Phase: not RunPhase.Stalled })
                {
                    MoveToEnd(slot, moved: true);
                }

                slot.Phase = phase;
            }
        }
    }

    /// <summary>A run that this host begins to work on.</summary>
    internal ChangeSlot Enter(RunId run, string tenant, IChangingRun live)
    {
        lock (_lock)
        {
            if (_slots.Remove(run, out var earlier))
            {
                Unlink(earlier);
                _elsewhere.Remove(earlier);
            }

            var slot = new ChangeSlot(run, tenant) { Live = live };
            _slots.Add(run, slot);
            _live.Add(slot);
            Append(slot, moved: true);
            return slot;
        }
    }

    /// <summary>After every commit.</summary>
    internal void Changed(ChangeSlot slot, bool moved)
    {
        lock (_lock)
        {
            if (slot.Live is not null)
            {
                MoveToEnd(slot, moved);
            }
        }
    }

    /// <summary>This host has let go of the run.</summary>
    internal void Leave(ChangeSlot slot, RunSummary last)
    {
        lock (_lock)
        {
            slot.Last = last;
            slot.Live = null;
            _live.Remove(slot);
            Forget();
        }
    }

    internal void Deleted(RunId run, string tenant)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue(run, out var slot))
            {
                slot = new ChangeSlot(run, tenant);
                _slots.Add(run, slot);
                Append(slot, moved: true);
            }
            else
            {
                MoveToEnd(slot, moved: true);
            }

            slot.Last = null;
            slot.IsElsewhere = false;
            _elsewhere.Remove(slot);
            Forget();
        }
    }

    /// <summary>What another host tells of its run. It is passed over where it is older than what is known here.</summary>
    internal void Told(RunChange change)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue(change.Run, out var slot))
            {
                slot = new ChangeSlot(change.Run, change.Tenant);
                _slots.Add(change.Run, slot);
                Append(slot, moved: true);
            }
            else if (slot.Live is not null || IsOlder(change.Summary, slot.Last))
            {
                return;
            }
            else
            {
                MoveToEnd(slot, change.Moved);
            }

            slot.Last = change.Summary;
            slot.IsElsewhere = true;
            if (change.Summary is { } run && !run.Status.IsEnded())
            {
                _elsewhere.Add(slot);
                ForgetElsewhere();
            }
            else
            {
                _elsewhere.Remove(slot);
                Forget();
            }
        }
    }

    /// <summary>There may have been changes of other hosts' runs of which nobody told: who reads from before now on is told that.</summary>
    internal void Missed()
    {
        lock (_lock)
        {
            foreach (var slot in _elsewhere)
            {
                _slots.Remove(slot.Run);
                Unlink(slot);
            }

            _elsewhere.Clear();
            _forgotten = ++_number;
        }
    }

    /// <summary>A deleted run is never older; neither is one that has come as far.</summary>
    private static bool IsOlder(RunSummary? told, RunSummary? known) =>
        told is not null && known is not null && (told.Seq < known.Seq || (known.Status.IsEnded() && !told.Status.IsEnded()));

    /// <summary>The oldest changes of runs that nobody works on here any more.</summary>
    private void Forget()
    {
        var slot = _first;
        while (slot is not null && _slots.Count - _live.Count - _elsewhere.Count > _kept)
        {
            var next = slot.After;
            if (slot.Live is null && !_elsewhere.Contains(slot))
            {
                _forgotten = Math.Max(_forgotten, slot.Number);
                _slots.Remove(slot.Run);
                Unlink(slot);
            }

            slot = next;
        }
    }

    /// <summary>The oldest changes of runs that other hosts work on, where those are too many; an eighth at a time, for it walks over our own.</summary>
    private void ForgetElsewhere()
    {
        if (_elsewhere.Count <= _keptElsewhere + (_keptElsewhere / 8))
        {
            return;
        }

        for (var slot = _first; slot is not null && _elsewhere.Count > _keptElsewhere;)
        {
            var next = slot.After;
            if (_elsewhere.Remove(slot))
            {
                _forgotten = Math.Max(_forgotten, slot.Number);
                _slots.Remove(slot.Run);
                Unlink(slot);
            }

            slot = next;
        }
    }

    private void MoveToEnd(ChangeSlot slot, bool moved)
    {
        Unlink(slot);
        Append(slot, moved);
    }

    private void Append(ChangeSlot slot, bool moved)
    {
        slot.Number = ++_number;
        slot.Moved = moved ? _number : slot.Moved;
        (slot.Before, slot.After) = (_last, null);
        _first ??= slot;
        if (_last is not null)
        {
            _last.After = slot;
        }

        _last = slot;
    }

    private void Unlink(ChangeSlot slot)
    {
        if (slot.Before is null)
        {
            _first = slot.After;
        }
        else
        {
            slot.Before.After = slot.After;
        }

        if (slot.After is null)
        {
            _last = slot.Before;
        }
        else
        {
            slot.After.Before = slot.Before;
        }
    }
}
