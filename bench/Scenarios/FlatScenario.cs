using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>Runs whose events are all there at once: how many go through.</summary>
internal sealed class FlatScenario : IScenario
{
    private const double StreamTarget = 300_000;
    private const double EventsTarget = 150_000;
    private const double OneTarget = 150_000;

    private const string Nginx = "nginx";
    private const string Stream = "service /stream";
    private const string Events = "service /events";

    private static readonly (string Name, LoadRoute Route)[] Contenders =
        [(Nginx, LoadRoute.Bridge), (Stream, LoadRoute.Stream), (Events, LoadRoute.Events)];

    public string Id => "flat";

    public async Task<Section> RunAsync(Workbench bench)
    {
        await using var emulator = await bench.StartEmulatorAsync();
        var hundred = await RunAsync(bench, emulator, "flat out 100", 100, bench.Pick(20_000, 500));
        var one = await RunAsync(bench, emulator, "flat out 1", 1, bench.Pick(600_000, 10_000));
        return Describe(hundred, one);
    }

    private static Task<Contest> RunAsync(Workbench bench, EmulatorProcess emulator, string title, int runs, int events) =>
        Contest.RunAsync(bench, title, [.. Contenders
            .Where(c => c.Name != Nginx || bench.HasNginx)
            .Select(c => (c.Name, (Func<Task<LoadReport>>)(() => MeasureAsync(bench, emulator, c.Route, runs, events))))]);

    private static async Task<LoadReport> MeasureAsync(Workbench bench, EmulatorProcess emulator, LoadRoute route, int runs, int events)
    {
        await emulator.ResetAsync();
        await using ITarget target = route == LoadRoute.Bridge ? await bench.StartNginxAsync(emulator) : await bench.StartServiceAsync(emulator);
        await bench.WarmAsync(target, route);
        var report = await LoadProcess.RunAsync(new()
        {
            Port = target.Port,
            Route = route,
            Model = Workbench.Model(events, 0),
            Clients = runs,
            Key = "flat-",
            Watch = Workbench.Watch(emulator, target),
        });
        var expected = route == LoadRoute.Events ? report.MostEvents : Workbench.RawEvents(events);
        return (report.FewestEvents == expected && report.MostEvents == expected && expected >= events) || report.FailureCount > 0
            ? report
            : throw new InvalidDataException($"Readers of {target.Name} got {report.FewestEvents} to {report.MostEvents} events of {expected}.");
    }

    private Section Describe(Contest hundred, Contest one)
    {
        List<Figure> figures = [];
        foreach (var (contest, runs, name, target) in new[]
        {
            (hundred, "100 runs", Stream, StreamTarget), (hundred, "100 runs", Events, EventsTarget),
            (one, "1 run", Stream, OneTarget), (one, "1 run", Events, OneTarget),
        })
        {
            figures.Add(Figure.AtLeast(
                $"{runs}, readers of `{name.Split(' ')[1]}`",
                Unit.PerSecond,
                contest.Over(name, static r => r.EventsPerSecond),
                target,
                nginx: contest.Has(Nginx) ? contest.Over(Nginx, static r => r.EventsPerSecond) : null));
        }

        string[] contenders = [.. hundred.Names];
        return new()
        {
            Id = Id,
            Title = "Flat out",
            Text = "Runs of about 180 bytes an event, all events made at once, a reader on each from the start. Events per second from the first request to the last event.",
            Figures = figures,
            Cpu = [.. contenders.Select(c => new CpuRow($"100 runs, {c}", hundred.CpuPerMillion(c)))],
            Charts =
            [
                new("flat.svg", "Events per second, flat out", BarChart.Draw(
                    "Events per second, flat out", contenders, [("100 runs", Bars(hundred)), ("1 run", Bars(one))])),
            ],
            Remarks = [.. hundred.Remarks, .. one.Remarks],
        };

        IReadOnlyList<Spread?> Bars(Contest contest) => [.. contenders.Select(c => contest.Over(c, static r => r.EventsPerSecond))];
    }
}
