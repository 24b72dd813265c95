namespace Orchestrator.Webhooks.Tests.Kit;

/// <summary>A clock that moves when it is told to. Tests wait until somebody waits on it, and move it then.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until somebody waits for exactly that long from now.</summary>
    public async Task WaitedForAsync(TimeSpan due)
    {
        var patience = Task.Delay(Patience.Span);
        while (true)
        {
            Task changed;
            string waits;
            lock (_lock)
            {
                if (_timers.Exists(timer => timer.DueAt == _now + due))
                {
                    return;
                }

                waits = string.Join(", ", _timers.Select(timer => timer.DueAt - _now));
                changed = _changed.Task;
            }

            if (await Task.WhenAny(changed, patience) == patience)
            {
                throw new TimeoutException($"Nobody waited for {due}; waited for was: {waits}.");
            }
        }
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = _timers.FindAll(timer => timer.DueAt <= _now);
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(static timer => timer.Fire());
    }

    private void Arm(ManualTimer timer, TimeSpan? due)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _timers.Remove(timer);
            if (due is { } wait && wait != Timeout.InfiniteTimeSpan)
            {
                timer.DueAt = _now + wait;
                _timers.Add(timer);
            }

            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Arm(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Arm(this, null);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
