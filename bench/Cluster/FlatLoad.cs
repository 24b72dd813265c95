using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;

namespace Orchestrator.Bench.Cluster;

/// <summary>Runs whose events are all there at once, from several load clients: each with a silo of its own, or all with one process.</summary>
internal static class FlatLoad
{
    private const int Runs = 33;

    /// <summary>Events per second of all of them together.</summary>
    /// <param name="ports">One for each client.</param>
    /// <param name="events">Of each run.</param>
    public static async Task<double> RunAsync(IEnumerable<int> ports, int events)
    {
        var reports = await Task.WhenAll(ports.Select((port, client) => LoadProcess.RunAsync(new()
        {
            Port = port,
            Route = LoadRoute.Stream,
            Model = Workbench.Model(events, 0),
            Clients = Runs,
            Key = $"flat-{client}-",
        })));
        foreach (var report in reports)
        {
            if (report.FailureCount > 0 || report.FewestEvents != Workbench.RawEvents(events) || report.MostEvents != Workbench.RawEvents(events))
            {
                throw new InvalidDataException(
                    $"Readers got {report.FewestEvents} to {report.MostEvents} events of {Workbench.RawEvents(events)}. {string.Join(' ', report.Failures.Take(1))}");
            }
        }

        return reports.Sum(static report => report.Events) / reports.Max(static report => report.WindowSeconds);
    }
}
