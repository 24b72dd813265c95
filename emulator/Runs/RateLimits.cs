using System.Collections.Concurrent;

namespace Orchestrator.Emulator.Runs;

/// <summary>Counts what models take in the last window of time. A refused request is not counted.</summary>
internal sealed class RateLimits(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Queue<long>> _taken = new(StringComparer.Ordinal);

    /// <summary>Null where the request is taken; else the whole seconds until one will be.</summary>
    public int? Refuse(string model, int limit, int windowMs)
    {
        var taken = _taken.GetOrAdd(model, static _ => new Queue<long>());
        var window = windowMs * time.TimestampFrequency / 1000;
        lock (taken)
        {
            var now = time.GetTimestamp();
            while (taken.TryPeek(out var oldest) && now - oldest >= window)
            {
                taken.Dequeue();
            }

            if (taken.Count < limit)
            {
                taken.Enqueue(now);
                return null;
            }

            var left = (double)(taken.Peek() + window - now) / time.TimestampFrequency;
            return Math.Max(1, (int)Math.Ceiling(left));
        }
    }

    public void Clear() => _taken.Clear();
}
