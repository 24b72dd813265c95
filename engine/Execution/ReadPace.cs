namespace Orchestrator.Engine.Execution;

/// <summary>
/// When many connections trickle, a beat for them: each is read a beat after it was read before instead of as soon as something is there, so
/// that a read, an append, a wake-up and a send carry more. Their turns are spread over the beat, in groups that are read, made durable and sent
/// in one go: all at once, the last of them would wait for the work of all others. A host with little to do reads at once. Thread-safe.
/// </summary>
internal sealed class ReadPace
{
    /// <summary>From so many events a second and core on, arriving a few at a time, reading each at once takes a fifth of the machine.</summary>
    private const int BusyFrom = 5_000;

    /// <summary>A read that brings so many events is worth its cost: the connection is read on at once.</summary>
    private const int Worthwhile = 8;

    /// <summary>Of a beat; as many groups of turns.</summary>
    private const int Ticks = 5;

    private const int TurnsAtOnce = 32;

    private readonly TimeSpan _beat;
    private readonly double _busyFrom;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;

    /// <summary>Who waits for the tick N is at N modulo their number.</summary>
    private readonly List<ReadTurn>[] _waiting = [.. Enumerable.Range(0, Ticks).Select(static _ => new List<ReadTurn>())];

    private long _tick;
    private long _since;
    private long _events;
    private bool _busy;

    /// <param name="beat">The longest that a read is put off; zero for never.</param>
    /// <param name="cores">Of the machine.</param>
    /// <param name="clock">Of the machine, on purpose: waiting only spares work, and a clock that stands still must not stop it.</param>
    public ReadPace(TimeSpan beat, int cores, TimeProvider clock)
    {
        _beat = beat;
        _busyFrom = BusyFrom * cores * beat.TotalSeconds;
        _clock = clock;
        _since = clock.GetTimestamp();
        _timer = clock.CreateTimer(static pace => ((ReadPace)pace!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public static ReadPace Off { get; } = new(TimeSpan.Zero, 1, TimeProvider.System);

    /// <summary>Counts a read. True: the connection should wait for the next beat before it is read again.</summary>
    /// <param name="events">What the read brought.</param>
    public bool Holds(int events)
    {
        if (_beat == TimeSpan.Zero || events >= Worthwhile)
        {
            return false;
        }

        lock (_lock)
        {
            _events += events;
            if (!_busy && _clock.GetElapsedTime(_since) is var elapsed && elapsed >= _beat)
            {
                StartNeedsLock(_events * (_beat / elapsed) >= _busyFrom);
            }

            return _busy;
        }
    }

    /// <summary>Completes a beat after it did the last time, at once where there is no beat.</summary>
    public ValueTask NextAsync(ReadTurn turn)
    {
        lock (_lock)
        {
            if (!_busy)
            {
                return ValueTask.CompletedTask;
            }

            turn.Due = DueNeedsLock(turn.Due + Ticks);
            _waiting[turn.Due % Ticks].Add(turn);
            return turn.Start();
        }
    }

    /// <summary>The tick that is wanted or the one before it, whichever has fewer, so that groups become equally large; the next where it is past.</summary>
    private long DueNeedsLock(long wanted)
    {
        var due = Math.Clamp(wanted, _tick + 1, _tick + Ticks);
        return due - 1 > _tick && _waiting[(due - 1) % Ticks].Count < _waiting[due % Ticks].Count ? due - 1 : due;
    }

    private void OnTick()
    {
        List<ReadTurn> due;
        lock (_lock)
        {
            _tick++;
            if (_tick % Ticks == 0)
            {
                StartNeedsLock(_events >= _busyFrom / 2);
            }

            due = _busy ? TakeNeedsLock(_tick) : [.. Enumerable.Range(1, Ticks).SelectMany(ahead => TakeNeedsLock(_tick + ahead))];
        }

        for (var from = 0; from < due.Count; from += TurnsAtOnce)
        {
            ThreadPool.UnsafeQueueUserWorkItem(new Turns(due, from, Math.Min(due.Count, from + TurnsAtOnce)), preferLocal: false);
        }
    }

    private List<ReadTurn> TakeNeedsLock(long tick)
    {
        var turns = _waiting[tick % Ticks];
        _waiting[tick % Ticks] = new List<ReadTurn>(turns.Count);
        return turns;
    }

    private void StartNeedsLock(bool busy)
    {
        _since = _clock.GetTimestamp();
        _events = 0;
        if (busy != _busy)
        {
            _busy = busy;
            var period = busy ? _beat / Ticks : Timeout.InfiniteTimeSpan;
            _timer.Change(period, period);
        }
    }

    private sealed class Turns(List<ReadTurn> turns, int from, int to) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            for (var i = from; i < to; i++)
            {
                turns[i].Come();
            }
        }
    }
}
