using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>What the operator's pages ask of a service that keeps many runs, and what open dashboards cost it.</summary>
internal sealed class OperatorScenario : IScenario
{
    private const double PageTarget = 50;
    private const double OverviewTarget = 300;
    private const double LeastWithDashboards = 0.95;
    private const int Dashboards = 10;
    private const int Submitters = 64;

    private const string Without = "no dashboard";
    private const string With = "ten dashboards";

    public string Id => "operator";

    public async Task<Section> RunAsync(Workbench bench)
    {
        await using var emulator = await bench.StartEmulatorAsync();
        await using var service = await bench.StartServiceAsync(emulator);
        await bench.WarmAsync(service, LoadRoute.Stream);
        var filled = Stopwatch.StartNew();
        await FillAsync(service, bench.Pick(100_000, 1_000));
        bench.Say(FormattableString.Invariant($"operator: kept runs made in {filled.Elapsed.TotalSeconds:n0} s"));
        var answers = await AnswersAsync(bench, service);
        await service.CancelAllAsync();

        // The first of them would be measured while its code is compiled.
        await FlatAsync(bench, emulator, service, Dashboards);
        var cost = await Contest.RunAsync(
            bench, "operator", (Without, () => FlatAsync(bench, emulator, service, 0)), (With, () => FlatAsync(bench, emulator, service, Dashboards)));
        return Describe(answers, cost);
    }

    private static Task FillAsync(ServiceProcess service, int runs) => Parallel.ForEachAsync(
        Enumerable.Range(0, runs),
        new ParallelOptions { MaxDegreeOfParallelism = Submitters },
        async (i, _) => await service.SubmitAsync($"openai/bench-{i % 5}~events=1~rate=0{(i % 20 == 0 ? "~status=400" : "")}", $"kept-{i}"));

    /// <summary>Of the pages of the list and of the overview, with runs under way.</summary>
    private static async Task<List<(string Name, double Target, Quantiles Times)>> AnswersAsync(Workbench bench, ServiceProcess service)
    {
        await LoadProcess.RunAsync(new()
        {
            Port = service.Port,
            Route = LoadRoute.Submit,
            Model = Workbench.Model(100_000, 10),
            Clients = bench.Pick(1000, 50),
            RampSeconds = bench.Pick(5.0, 0.5),
            Key = "active-",
        });
        var deep = await DeepPageAsync(service, bench.Pick(100, 3));
        return
        [
            ("first page", PageTarget, await TimeAsync(bench, service, () => [Path("/v1/runs?limit=50")])),
            ("page after 5,000 runs", PageTarget, await TimeAsync(bench, service, () => [deep])),
            ("page of failed runs", PageTarget, await TimeAsync(bench, service, () => [Path("/v1/runs?limit=50&status=failed")])),
            ("page of one model", PageTarget, await TimeAsync(bench, service, () => [Path("/v1/runs?limit=50&model=" + Uri.EscapeDataString("openai/bench-3~events=1~rate=0"))])),
            ("page by the text of the error", PageTarget, await TimeAsync(bench, service, () => [Path("/v1/runs?limit=50&error=bad-request")])),
            ("overview", OverviewTarget, await TimeAsync(bench, service, Load.Dashboards.Overview)),
        ];
    }

    private static async Task<Uri> DeepPageAsync(ServiceProcess service, int pages)
    {
        var path = Path("/v1/runs?limit=50");
        for (var page = 0; page < pages; page++)
        {
            using var json = JsonDocument.Parse(await service.GetAsync(path));
            var cursor = json.RootElement.GetProperty("next").GetString() ?? throw new InvalidDataException($"The list ends at page {page}.");
            path = Path($"/v1/runs?limit=50&cursor={Uri.EscapeDataString(cursor)}");
        }

        return path;
    }

    /// <summary>From asking for all of them at once to the last byte of the last one; milliseconds.</summary>
    private static async Task<Quantiles> TimeAsync(Workbench bench, ServiceProcess service, Func<IReadOnlyList<Uri>> paths)
    {
        List<double> times = [];
        for (var i = bench.Pick(-20, -2); i < bench.Pick(200, 10); i++)
        {
            var asked = paths();
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(asked.Select(service.GetAsync));
            if (i >= 0)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        return Quantiles.Of(times)!;
    }

    private static async Task<LoadReport> FlatAsync(Workbench bench, EmulatorProcess emulator, ServiceProcess service, int dashboards)
    {
        await emulator.ResetAsync();
        await using var open = Load.Dashboards.Open(service.Port, dashboards);
        var report = await LoadProcess.RunAsync(new()
        {
            Port = service.Port,
            Route = LoadRoute.Stream,
            Model = Workbench.Model(bench.Pick(60_000, 500), 0),
            Clients = 100,
            Key = "flat-",
            Watch = Workbench.Watch(emulator, service),
        });
        return dashboards == 0 || open.FeedBytes > 0 ? report : throw new InvalidDataException("The feeds brought nothing.");
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    private Section Describe(IReadOnlyList<(string Name, double Target, Quantiles Times)> answers, Contest cost)
    {
        List<Figure> figures = [];
        foreach (var (name, target, times) in answers)
        {
            figures.Add(Figure.AtMost($"{name} p50", Unit.Milliseconds, Spread.Of([times.P50]), target));
            figures.Add(Figure.Plain($"{name} p99", Unit.Milliseconds, Spread.Of([times.P99])));
        }

        figures.Add(Figure.AtLeast("100 runs flat out, ten dashboards to none", Unit.Times, cost.Ratio(With, Without, static r => r.EventsPerSecond), LeastWithDashboards));
        return new()
        {
            Id = Id,
            Title = "The operator's pages",
            Text = "A service that keeps 100,000 finished runs, one in twenty of them failed, and works on 1,000 of ten events a second. Pages of 50; the overview is "
                + "the last hour by the minute, the same by model, and the state of the host, asked for at once. Then, those runs cancelled, 100 runs flat out, "
                + "with ten dashboards that follow the feed and read the overview every five seconds, and with none.",
            Figures = figures,
            Cpu = [.. new[] { Without, With }.Select(name => new CpuRow($"100 runs, {name}", cost.CpuPerMillion(name)))],
            Charts = [new("operator.svg", "Events per second without and with ten dashboards", BarChart.Draw(
                "100 runs flat out, events per second",
                [Without, With],
                [("100 runs", [.. new[] { Without, With }.Select(name => cost.Over(name, static r => r.EventsPerSecond))])]))],
            Remarks = [.. cost.Remarks],
        };
    }
}
