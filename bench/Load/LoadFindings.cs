using System.Diagnostics;
using System.Runtime.InteropServices;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Load;

/// <summary>Makes the report of what the clients kept.</summary>
internal sealed class LoadFindings(LoadSpec spec, IReadOnlyList<LoadClient> clients, LoadWindow window, int completed)
{
    private const int FailuresShown = 5;

    public LoadReport Report()
    {
        string[] failures = [.. clients.Select(static c => c.Failure).OfType<string>()];
        return new()
        {
            Started = clients.Count,
            Completed = completed,
            Failures = [.. failures.Take(FailuresShown)],
            FailureCount = failures.Length,
            WindowSeconds = window.Seconds,
            Events = window.Events,
            Bytes = window.Bytes,
            FewestEvents = clients.Min(static c => c.Events),
            MostEvents = clients.Max(static c => c.Events),
            First = Quantiles.Of([.. clients
                .Where(c => c.FirstAt > 0 && (window.IsWhole || window.Holds(c.AskedAt) || !spec.Replace))
                .Select(static c => Milliseconds(c.FirstAt - c.AskedAt))]),
            ResumedAt = [.. clients.Where(static c => c.ResumedAt > 0).Select(static c => c.ResumedAt)],
            Cpu = window.Cpu,
        };
    }

    /// <summary>Adds what needs to know when each run's first event was due.</summary>
    /// <param name="report">The report so far.</param>
    /// <param name="dueByKey">By the run's key: when its first event was due.</param>
    public LoadReport WithLag(LoadReport report, IReadOnlyDictionary<string, long> dueByKey)
    {
        List<double> lags = [];
        foreach (var client in clients)
        {
            if (!dueByKey.TryGetValue(client.Key, out var first))
            {
                continue;
            }

            var times = CollectionsMarshal.AsSpan(client.Times);
            for (var i = 0; i < times.Length; i++)
            {
                if (window.Holds(times[i]))
                {
                    lags.Add(Milliseconds(times[i] - DueAt(first, i)));
                }
            }
        }

        report = report with { Lag = Quantiles.Of(lags) };
        return spec.Route == LoadRoute.Read && dueByKey.TryGetValue(spec.Key, out var due) ? WithSpread(report, due) : report;
    }

    private LoadReport WithSpread(LoadReport report, long firstDue)
    {
        List<double> spread = [];
        List<double> last = [];
        var events = clients.Min(static c => c.Times.Count);
        for (var i = 0; i < events; i++)
        {
            var (least, most) = (long.MaxValue, long.MinValue);
            foreach (var client in clients)
            {
                least = Math.Min(least, client.Times[i]);
                most = Math.Max(most, client.Times[i]);
            }

            if (window.Holds(least) && window.Holds(most))
            {
                spread.Add(Milliseconds(most - least));
                last.Add(Milliseconds(most - DueAt(firstDue, i)));
            }
        }

        return report with { Spread = Quantiles.Of(spread), Last = Quantiles.Of(last) };
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private long DueAt(long first, int index) => first + (long)Math.Ceiling(index * (Stopwatch.Frequency / spec.Rate));
}
