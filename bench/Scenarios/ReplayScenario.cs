using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;

namespace Orchestrator.Bench.Scenarios;

/// <summary>A finished run, read from its beginning.</summary>
internal sealed class ReplayScenario : IScenario
{
    private const int Times = 5;
    private const double Target = 300_000;
    private static readonly string[] Paths = ["/stream", "/events"];

    public string Id => "replay";

    public async Task<Section> RunAsync(Workbench bench)
    {
        await using var emulator = await bench.StartEmulatorAsync();
        await using var service = await bench.StartServiceAsync(emulator);
        await bench.WarmAsync(service, LoadRoute.Stream, LoadRoute.Events);
        var events = bench.Pick(100_000, 5_000);
        var run = await service.SubmitAsync(Workbench.Model(events, 0), "replay");
        await service.WaitForEndAsync(run);
        var contest = await Contest.RunAsync(bench, "replay", [.. Enumerable.Repeat(Paths, Times).SelectMany(static p => p).Select(path => (
            path, (Func<Task<LoadReport>>)(() => MeasureAsync(emulator, service, run + path, events))))]);
        return new()
        {
            Id = Id,
            Title = "Replay",
            Text = $"A finished run of 100,000 events, read by one reader from its beginning, {Times} times a round. From the request to the last event.",
            Figures = [.. Paths.Select(p => Figure.AtLeast($"events from `{p}`", Unit.PerSecond, contest.Over(p, static r => r.EventsPerSecond), Target))],
            Cpu = [.. Paths.Select(p => new CpuRow(p, contest.CpuPerMillion(p)))],
            Charts = [new("replay.svg", "Replay, events per second", BarChart.Draw(
                "Replay of 100,000 events, events per second", Paths, [("1 reader", [.. Paths.Select(p => contest.Over(p, static r => r.EventsPerSecond))])]))],
            Remarks = [.. contest.Remarks],
        };
    }

    private static async Task<LoadReport> MeasureAsync(EmulatorProcess emulator, ServiceProcess service, string path, int events)
    {
        var report = await LoadProcess.RunAsync(new()
        {
            Port = service.Port,
            Route = LoadRoute.Read,
            Path = path,
            Clients = 1,
            Watch = Workbench.Watch(emulator, service),
        });
        return report.FewestEvents >= events || report.FailureCount > 0
            ? report
            : throw new InvalidDataException($"{path} gave {report.FewestEvents} events of at least {events}.");
    }
}
