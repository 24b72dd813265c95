namespace Orchestrator.Emulator.Tests.Kit;

/// <summary>A clock that stands still until a test moves it; timers fire on the test's thread, in order, at their own instants.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    /// <summary>So much time passes once, when the next timer is set: after who sets it has looked at the clock, and before it counts.</summary>
    public TimeSpan PassesBeforeNextTimer { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var target = GetTimestamp() + by.Ticks;
        while (NextDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>The next timer to fire by then, with the clock moved to it; null, with the clock moved to the target, when there is none.</summary>
    private ManualTimer? NextDue(long target)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.DueAt <= target).MinBy(t => t.DueAt);
            Interlocked.Exchange(ref _now, next is null ? target : Math.Max(_now, next.DueAt));
            if (next is not null)
            {
                next.DueAt = long.MaxValue;
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public long DueAt { get; set; } = long.MaxValue;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(Timeout.InfiniteTimeSpan, period);
            if (time.PassesBeforeNextTimer is var passes && passes > TimeSpan.Zero)
            {
                time.PassesBeforeNextTimer = TimeSpan.Zero;
                time.Advance(passes);
            }

            lock (time._gate)
            {
                time._timers.Remove(this);
                time._timers.Add(this);
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
