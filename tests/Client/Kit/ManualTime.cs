using System.Threading.Channels;

namespace Orchestrator.Client.Tests.Kit;

/// <summary>A clock that moves when it is told to. Whoever waits on it is seen: every armed timer is reported.</summary>
/// <param name="skip">Timers due no later than this fire at once, the clock moving on by their due time. Null: none do.</param>
internal sealed class ManualTime(TimeSpan? skip = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly Channel<TimeSpan> _armed = Channel.CreateUnbounded<TimeSpan>();
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>The due time of the next timer that was armed and is not <paramref name="ignored"/>.</summary>
    public async Task<TimeSpan> NextWaitAsync(TimeSpan ignored)
    {
        while (true)
        {
            var due = await _armed.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2));
            if (due != ignored)
            {
                return due;
            }
        }
    }

    /// <summary>The next armed timer's due time, which must be the given one; the ones before it are passed over.</summary>
    public async Task ArmedAsync(TimeSpan expected)
    {
        while (await _armed.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2)) != expected)
        {
        }
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            due.ForEach(timer => timer.Due = null);
        }

        due.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            timer.Due = dueTime == Timeout.InfiniteTimeSpan ? null : _now + dueTime;
        }

        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        _armed.Writer.TryWrite(dueTime);
        if (dueTime <= skip)
        {
            // Not on this thread: whoever arms a timer is not done with arming it.
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Arm(this, dueTime);
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
