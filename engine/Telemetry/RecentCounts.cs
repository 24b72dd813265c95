namespace Orchestrator.Engine.Telemetry;

/// <summary>The sum of what was counted in the last while, by seconds. Not thread-safe.</summary>
internal sealed class RecentCounts(TimeSpan window)
{
    private readonly Queue<(long Second, long Count)> _seconds = new();
    private (long Second, long Count) _current;

    public void Add(DateTimeOffset now, long count)
    {
        var second = now.ToUnixTimeSeconds();
        if (second == _current.Second)
        {
            _current.Count += count;
            return;
        }

        Sum(now);
        _seconds.Enqueue(_current);
        _current = (second, count);
    }

    public long Sum(DateTimeOffset now)
    {
        var since = now.ToUnixTimeSeconds() - (long)window.TotalSeconds;
        while (_seconds.TryPeek(out var oldest) && oldest.Second <= since)
        {
            _seconds.Dequeue();
        }

        return _seconds.Sum(static one => one.Count) + (_current.Second > since ? _current.Count : 0);
    }
}
