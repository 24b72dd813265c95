namespace Orchestrator.Engine.Telemetry;

/// <summary>The values of the last while, of very many the newest. Not thread-safe.</summary>
internal sealed class RecentValues(TimeSpan window)
{
    private const int Most = 16_384;

    private readonly Queue<(DateTimeOffset At, double Value)> _values = new();

    public void Add(DateTimeOffset now, double value)
    {
        if (_values.Count == Most)
        {
            _values.Dequeue();
        }

        _values.Enqueue((now, value));
    }

    public List<double> Sorted(DateTimeOffset now)
    {
        while (_values.TryPeek(out var oldest) && now - oldest.At > window)
        {
            _values.Dequeue();
        }

        return [.. _values.Select(static one => one.Value).Order()];
    }
}
