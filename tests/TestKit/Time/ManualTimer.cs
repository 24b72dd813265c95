namespace Orchestrator.TestKit.Time;

/// <summary>A timer of a <see cref="ManualClock"/>.</summary>
internal sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private long _version;
    private volatile bool _disposed;

    /// <summary>Rises with each change: what was scheduled under an earlier one is void.</summary>
    public long Version => Volatile.Read(ref _version);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        _period = period;
        var version = Interlocked.Increment(ref _version);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            clock.Schedule(this, version, dueTime);
        }

        return true;
    }

    public void Fire()
    {
        if (_period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero)
        {
            clock.Schedule(this, Version, _period);
        }

        callback(state);
    }

    public void Dispose()
    {
        _disposed = true;
        Interlocked.Increment(ref _version);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
