namespace Orchestrator.Emulator.Streaming;

/// <summary>
/// The one timer behind all paced streams. What falls due within a couple of milliseconds is woken together, one after the other on
/// the timer's thread, so that an event costs a queue entry and a write and no timer, task or thread switch of its own.
/// </summary>
internal sealed class Ticker : IDisposable
{
    private static readonly TimeSpan Quantum = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<TickWait, long> _waiting = new();
    private readonly List<TickWait> _due = [];
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _armedFor = long.MaxValue;
    private bool _waking;

    public Ticker(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static state => ((Ticker)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes the wait at the timestamp or a little later.</summary>
    public void Add(TickWait wait, long due)
    {
        lock (_gate)
        {
            _waiting.Enqueue(wait, due);
            if (!_waking && due < _armedFor)
            {
                ArmNeedsLock(due);
            }
        }

        // The clock may have moved since the caller looked: by a little, or in a test by any amount. What stays queued wakes it once
        // more, which its loop takes in its stride.
        if (due <= _time.GetTimestamp())
        {
            wait.Complete();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Wake()
    {
        lock (_gate)
        {
            if (_waking)
            {
                return;
            }

            _waking = true;
            var now = _time.GetTimestamp();
            while (_waiting.TryPeek(out _, out var due) && due <= now)
            {
                _due.Add(_waiting.Dequeue());
            }
        }

        // Outside the lock: each runs its stream's next write and waits again, on this ticker.
        foreach (var wait in _due)
        {
            wait.Complete();
        }

        _due.Clear();
        lock (_gate)
        {
            _waking = false;
            _armedFor = long.MaxValue;
            if (_waiting.TryPeek(out _, out var next))
            {
                ArmNeedsLock(next);
            }
        }
    }

    private void ArmNeedsLock(long due)
    {
        _armedFor = due;
        long now;
        do
        {
            now = _time.GetTimestamp();
            var left = _time.GetElapsedTime(now, due);
            _timer.Change(left > Quantum ? left : Quantum, Timeout.InfiniteTimeSpan);
        }
        while (_time.GetElapsedTime(now) > Quantum); // The clock was moved in between: the timer would be as much too late.
    }
}
