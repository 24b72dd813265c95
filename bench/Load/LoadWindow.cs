using System.Diagnostics;

namespace Orchestrator.Bench.Load;

/// <summary>The time that is measured, and what the counters were at its ends.</summary>
internal sealed class LoadWindow(LoadSpec spec, long start)
{
    private readonly long _earliest = start + Ticks(spec.RampSeconds + spec.SettleSeconds);
    private long _events;
    private long _bytes;
    private IReadOnlyDictionary<string, double> _cpu = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Everything is measured, to the end of the last stream.</summary>
    public bool IsWhole => spec.WindowSeconds == 0;

    public bool HasBegun => BeganAt > 0;

    public bool IsOver => EndedAt > 0;

    public long BeganAt { get; private set; }

    public long EndedAt { get; private set; }

    public double Seconds => Stopwatch.GetElapsedTime(BeganAt, EndedAt).TotalSeconds;

    /// <summary>In the window.</summary>
    public long Events { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>CPU seconds in the window, by process.</summary>
    public IReadOnlyDictionary<string, double> Cpu { get; private set; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public bool ShouldBegin(long now) => !HasBegun && now >= _earliest;

    public bool ShouldEnd(long now) => HasBegun && !IsWhole && now >= BeganAt + Ticks(spec.WindowSeconds);

    public void Begin(long now, long events, long bytes, IReadOnlyDictionary<string, double> cpu) =>
        (BeganAt, _events, _bytes, _cpu) = (now, events, bytes, cpu);

    public void End(long now, long events, long bytes, IReadOnlyDictionary<string, double> cpu)
    {
        EndedAt = now;
        Events = events - _events;
        Bytes = bytes - _bytes;
        Cpu = cpu.ToDictionary(static c => c.Key, c => c.Value - _cpu[c.Key], StringComparer.Ordinal);
    }

    public bool Holds(long instant) => instant >= BeganAt && instant <= EndedAt;

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
