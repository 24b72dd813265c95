using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>Runs at the pace of real models: what arrives, how late, and how soon the first event.</summary>
internal sealed class PacedScenario : IScenario
{
    private const int Rate = 50;
    private const double LeastOfNginx = 0.8;
    private const double MostLag = 2;
    private const double FirstLaterP50 = 3;
    private const double FirstLaterP99 = 15;

    private const string Nginx = "nginx";
    private const string Service = "service";
    private const string TwoCalls = "service, two calls";

    public string Id => "paced";

    public async Task<Section> RunAsync(Workbench bench)
    {
        await using var emulator = await bench.StartEmulatorAsync();
        var many = await RunAsync(bench, emulator, "paced 1,000", (Nginx, Many(bench, LoadRoute.Bridge)), (Service, Many(bench, LoadRoute.Stream)));
        var few = await RunAsync(
            bench,
            emulator,
            "paced 100",
            (Nginx, Few(bench, LoadRoute.Bridge)),
            (Service, Few(bench, LoadRoute.Answer)),
            (TwoCalls, Few(bench, LoadRoute.Stream)));
        return Describe(bench, many, few);
    }

    private static Task<Contest> RunAsync(Workbench bench, EmulatorProcess emulator, string title, params (string Name, LoadSpec Spec)[] contenders) =>
        Contest.RunAsync(bench, title, [.. contenders
            .Where(c => c.Name != Nginx || bench.HasNginx)
            .Select(c => (c.Name, (Func<Task<LoadReport>>)(() => MeasureAsync(bench, emulator, c.Name, c.Spec))))]);

    private static async Task<LoadReport> MeasureAsync(Workbench bench, EmulatorProcess emulator, string name, LoadSpec spec)
    {
        await emulator.ResetAsync();
        await using ITarget target = name == Nginx ? await bench.StartNginxAsync(emulator) : await bench.StartServiceAsync(emulator);
        await bench.WarmAsync(target, spec.Route);
        return await LoadProcess.RunAsync(spec with
        {
            Port = target.Port,
            EmulatorPort = emulator.Port,
            Watch = Workbench.Watch(emulator, target),
        });
    }

    /// <summary>All live at once, none ends before the window does.</summary>
    private static LoadSpec Many(Workbench bench, LoadRoute route)
    {
        var (ramp, settle, window) = bench.Pick((5.0, 3.0, 15.0), (1.0, 0.5, 2.0));
        return new()
        {
            Port = 0,
            Route = route,
            Model = Workbench.Model((int)((ramp + settle + window) * Rate * 2), Rate),
            Clients = bench.Pick(1000, 100),
            RampSeconds = ramp,
            SettleSeconds = settle,
            WindowSeconds = window,
            KeepTimes = true,
            Rate = Rate,
            Key = "paced-",
        };
    }

    /// <summary>As many in flight, each replaced by the next as it ends: many first events.</summary>
    private static LoadSpec Few(Workbench bench, LoadRoute route) => Many(bench, route) with
    {
        Model = Workbench.Model(bench.Pick(200, 50), Rate),
        Clients = bench.Pick(100, 20),
        RampSeconds = bench.Pick(4.0, 1.0),
        WindowSeconds = bench.Pick(20.0, 2.0),
        Replace = true,
        FirstEvent = route == LoadRoute.Stream ? 0 : 1,

        // The service's own events are not the gateway's, one for one.
        KeepTimes = route != LoadRoute.Answer,
    };

    private Section Describe(Workbench bench, Contest many, Contest few)
    {
        List<Figure> figures = [];
        Spread? Of(Contest contest, Func<LoadReport, double> figure) => contest.Has(Nginx) ? contest.Over(Nginx, figure) : null;
        void Add(Contest contest, string name, Unit unit, Func<LoadReport, double> figure, Func<Spread, Spread, Figure>? judge = null)
        {
            var (measured, nginx) = (contest.Over(Service, figure), Of(contest, figure));
            figures.Add(judge is null || nginx is null ? Figure.Plain(name, unit, measured, nginx) : judge(measured, nginx));
        }

        Add(many, "1,000 runs: events delivered", Unit.PerSecond, static r => r.EventsPerSecond, (m, n) => Figure.AtLeast(
            "1,000 runs: events delivered", Unit.PerSecond, m, LeastOfNginx * n.Median, "≥ 0.8 × nginx", n));
        Add(many, "1,000 runs: event lag p50", Unit.Milliseconds, static r => r.Lag?.P50 ?? 0);
        Add(many, "1,000 runs: event lag p99", Unit.Milliseconds, static r => r.Lag?.P99 ?? 0, (m, n) => Figure.AtMost(
            "1,000 runs: event lag p99", Unit.Milliseconds, m, MostLag * n.Median, "≤ 2 × nginx", n));
        Add(few, "100 runs: first text event p50", Unit.Milliseconds, static r => r.First?.P50 ?? 0);
        Add(few, "100 runs: first text event p99", Unit.Milliseconds, static r => r.First?.P99 ?? 0);
        if (few.Has(Nginx))
        {
            figures.Add(Figure.AtMost(
                "100 runs: first text event p50, later than through nginx",
                Unit.Milliseconds,
                few.Difference(Service, Nginx, static r => r.First?.P50 ?? 0),
                FirstLaterP50));
            figures.Add(Figure.AtMost(
                "100 runs: first text event p99, later than through nginx",
                Unit.Milliseconds,
                few.Difference(Service, Nginx, static r => r.First?.P99 ?? 0),
                FirstLaterP99));
        }

        figures.Add(Figure.Plain("100 runs: submit, then `/stream`: first byte event p50", Unit.Milliseconds, few.Over(TwoCalls, static r => r.First?.P50 ?? 0)));
        figures.Add(Figure.Plain("100 runs: submit, then `/stream`: event lag p99", Unit.Milliseconds, few.Over(TwoCalls, static r => r.Lag?.P99 ?? 0), Of(few, static r => r.Lag?.P99 ?? 0)));
        string[] contenders = many.Has(Nginx) ? [Nginx, Service] : [Service];
        return new()
        {
            Id = Id,
            Title = "Paced, as real models are",
            Text = "Every run makes 50 events a second. 1,000 runs at a time with a reader each on `/stream`; then 100 at a time, each followed by a new one as it "
                + "ends, submitted with `Accept: text/event-stream`. Lag: from when the generation makes an event to its arrival at the reader. The first text "
                + "event is made 20 ms after the dispatch, which the figures include.",
            Figures = figures,
            Cpu = [.. contenders.Select(c => new CpuRow($"1,000 runs, {c}", many.CpuPerMillion(c)))],
            Charts =
            [
                new("paced-lag.svg", "Event lag at 1,000 runs, by percentile", Percentiles.Chart(
                    "Event lag at 1,000 runs × 50 events/s, ms", [.. contenders.Select(c => (c, many.Curve(c, static r => r.Lag)))])),
                new("paced-first.svg", "First text event at 100 runs, by percentile", Percentiles.Chart(
                    "From the request to the first text event at 100 runs, ms", [.. contenders.Select(c => (c, few.Curve(c, static r => r.First)))])),
                new("paced-events.svg", "Events delivered at 1,000 runs", BarChart.Draw(
                    "Events delivered per second, 1,000 runs × 50 events/s",
                    contenders,
                    [("1,000 runs", [.. contenders.Select(c => many.Over(c, static r => r.EventsPerSecond))])])),
            ],
            Remarks = [.. many.Remarks, .. few.Remarks],
        };
    }
}
