namespace Orchestrator.Emulator.Runs;

/// <summary>
/// Which events a generation has made by when. A generation is nothing but this: no task makes events, so it costs nothing
/// while nobody reads and goes on when a reader goes away.
/// </summary>
/// <param name="time">The clock; instants are its timestamps.</param>
/// <param name="events">How many events there will be.</param>
/// <param name="firstMs">Milliseconds from the dispatch to the first.</param>
/// <param name="rate">Events per second from there, 0 = all at once.</param>
internal sealed class RunClock(TimeProvider time, int events, int firstMs, double rate)
{
    private readonly long _first = time.GetTimestamp() + (firstMs * time.TimestampFrequency / 1000);
    private readonly double _interval = rate == 0 ? 0 : time.TimestampFrequency / rate;

    public int Events => events;

    /// <summary>The number of events made by then.</summary>
    public int Available(long now)
    {
        if (now < _first)
        {
            return 0;
        }

        return _interval == 0 ? events : (int)Math.Min(events, Math.Floor((now - _first) / _interval) + 1);
    }

    /// <summary>When the event is made. Never earlier than <see cref="Available"/> counts it.</summary>
    public long DueAt(int index)
    {
        var due = _first + (long)Math.Ceiling(index * _interval);
        return Available(due) > index ? due : due + 1;
    }

    /// <summary>When the last event is made.</summary>
    public long EndsAt => DueAt(Math.Max(0, events - 1));
}
