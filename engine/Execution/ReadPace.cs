namespace Orchestrator.Engine.Execution;

/// <summary>
/// When many connections trickle, a beat for all of them: each is read at the next beat instead of as soon as something is there, so that a
/// read, an append, a wake-up and a send carry more, and those of all runs are made in one go. A host with little to do reads at once.
/// Thread-safe.
/// </summary>
internal sealed class ReadPace
{
    /// <summary>From so many events a second and core on, arriving a few at a time, reading each at once takes a fifth of the machine.</summary>
    private const int BusyFrom = 5_000;

    /// <summary>A read that brings so many events is worth its cost: the connection is read on at once.</summary>
    private const int Worthwhile = 8;

    private const int TurnsAtOnce = 32;

    private readonly TimeSpan _beat;
    private readonly double _busyFrom;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private List<ReadTurn> _waiting = [];
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
        _timer = clock.CreateTimer(static pace => ((ReadPace)pace!).OnBeat(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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

    /// <summary>Completes at the next beat, at once where there is none.</summary>
    public ValueTask NextAsync(ReadTurn turn)
    {
        lock (_lock)
        {
            if (!_busy)
            {
                return ValueTask.CompletedTask;
            }

            _waiting.Add(turn);
            return turn.Start();
        }
    }

    private void OnBeat()
    {
        List<ReadTurn> due;
        lock (_lock)
        {
            due = _waiting;
            _waiting = new List<ReadTurn>(due.Count);
            StartNeedsLock(_events >= _busyFrom / 2);
        }

        for (var from = 0; from < due.Count; from += TurnsAtOnce)
        {
            ThreadPool.UnsafeQueueUserWorkItem(new Turns(due, from, Math.Min(due.Count, from + TurnsAtOnce)), preferLocal: false);
        }
    }

    private void StartNeedsLock(bool busy)
    {
        _since = _clock.GetTimestamp();
        _events = 0;
        if (busy != _busy)
        {
            _busy = busy;
            var period = busy ? _beat : Timeout.InfiniteTimeSpan;
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
