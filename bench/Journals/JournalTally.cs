using System.Diagnostics;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Journals;

/// <summary>What was appended in the window. Thread-safe.</summary>
internal sealed class JournalTally
{
    private readonly Lock _gate = new();
    private readonly List<double> _appends = [];
    private long _events;
    private long _beganAt;
    private TimeSpan _cpu;

    public void Begin()
    {
        lock (_gate)
        {
            _appends.Clear();
            _events = 0;
            _beganAt = Stopwatch.GetTimestamp();
            _cpu = Environment.CpuUsage.TotalTime;
        }
    }

    public void OnAppended(int events, long calledAt)
    {
        var took = Stopwatch.GetElapsedTime(calledAt).TotalMilliseconds;
        lock (_gate)
        {
            _events += events;
            _appends.Add(took);
        }
    }

    public JournalReport End()
    {
        lock (_gate)
        {
            var seconds = Stopwatch.GetElapsedTime(_beganAt).TotalSeconds;
            return new(_events, seconds, Quantiles.Of([.. _appends]), (Environment.CpuUsage.TotalTime - _cpu).TotalSeconds);
        }
    }
}
