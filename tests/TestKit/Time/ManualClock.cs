namespace Orchestrator.TestKit.Time;

/// <summary>
/// A clock that moves only when told to. Timers fire on the thread that moves it, in the order of their times; those of the same time in
/// the order in which they were set. Thread-safe.
/// </summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    public static readonly DateTimeOffset DefaultStart = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<(ManualTimer Timer, long Version), (long Due, long Order)> _due = new();
    private long _now = start.UtcTicks;
    private long _order;

    public ManualClock()
        : this(DefaultStart)
    {
    }

    /// <summary>Told for how long each timer is set to wait, when it is set: who moves the clock then fires it.</summary>
    public Action<TimeSpan>? TimerSet { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Unix milliseconds.</summary>
    public long NowMs => GetUtcNow().ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Calls back once after a while.</summary>
    public ITimer After(TimeSpan wait, Action callback) =>
        CreateTimer(static callback => ((Action)callback!)(), callback, wait, Timeout.InfiniteTimeSpan);

    /// <summary>Moves on, and fires what falls due on the way at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        var target = Volatile.Read(ref _now) + by.Ticks;
        while (TryTake(target, out var timer))
        {
            timer.Fire();
        }
    }

    public void AdvanceMs(long milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Moves on to the next timer and fires it. False: there is none.</summary>
    public bool AdvanceToNext()
    {
        if (!TryTake(long.MaxValue, out var timer))
        {
            return false;
        }

        timer.Fire();
        return true;
    }

    internal void Schedule(ManualTimer timer, long version, TimeSpan wait)
    {
        lock (_lock)
        {
            _due.Enqueue((timer, version), (_now + Math.Max(0, wait.Ticks), _order++));
        }

        TimerSet?.Invoke(wait);
    }

    /// <summary>The next timer that falls due by then, at its time. False: there is none any more, and it is then now.</summary>
    private bool TryTake(long until, out ManualTimer timer)
    {
        lock (_lock)
        {
            while (_due.TryPeek(out var next, out var key) && key.Due <= until)
            {
                _due.Dequeue();
                if (next.Timer.Version == next.Version)
                {
                    _now = Math.Max(_now, key.Due);
                    timer = next.Timer;
                    return true;
                }
            }

            // Under the lock: a timer that somebody sets meanwhile is either still taken, or counts from then on.
            _now = until == long.MaxValue ? _now : until;
        }

        timer = null!;
        return false;
    }
}
