using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>Many readers on one live run.</summary>
internal sealed class FanoutScenario : IScenario
{
    private const int Rate = 50;
    private const double Target = 50;
    private const string Name = "service";
    private const string Key = "fanout";

    public string Id => "fanout";

    public async Task<Section> RunAsync(Workbench bench)
    {
        await using var emulator = await bench.StartEmulatorAsync();
        var contest = await Contest.RunAsync(bench, "fan-out", (Name, () => MeasureAsync(bench, emulator)));
        return new()
        {
            Id = Id,
            Title = "Fan-out",
            Text = "1,000 readers on the `/stream` of one live run of 50 events a second. For every event: from the first reader that has it to the last, and from when "
                + "the generation made it to the last. (nginx has nothing to compare: through it a run has one reader.)",
            Figures =
            [
                Figure.Plain("events delivered", Unit.PerSecond, contest.Over(Name, static r => r.EventsPerSecond)),
                Figure.Plain("first to last reader p50", Unit.Milliseconds, contest.Over(Name, static r => r.Spread?.P50 ?? double.PositiveInfinity)),
                Figure.Plain("first to last reader p99", Unit.Milliseconds, contest.Over(Name, static r => r.Spread?.P99 ?? double.PositiveInfinity)),
                Figure.Plain("made to last reader p50", Unit.Milliseconds, contest.Over(Name, static r => r.Last?.P50 ?? double.PositiveInfinity)),
                Figure.AtMost("made to last reader p99", Unit.Milliseconds, contest.Over(Name, static r => r.Last?.P99 ?? double.PositiveInfinity), Target),
            ],
            Cpu = [new("1,000 readers", contest.CpuPerMillion(Name))],
            Charts = [new("fanout.svg", "Time until the last of 1,000 readers has an event, by percentile", Percentiles.Chart(
                "1,000 readers of one run, per event, ms",
                [
                    ("made to last reader", contest.Curve(Name, static r => r.Last)),
                    ("first to last reader", contest.Curve(Name, static r => r.Spread)),
                    ("made to any reader", contest.Curve(Name, static r => r.Lag)),
                ]))],
            Remarks = [.. contest.Remarks],
        };
    }

    private static async Task<LoadReport> MeasureAsync(Workbench bench, EmulatorProcess emulator)
    {
        await emulator.ResetAsync();
        await using var service = await bench.StartServiceAsync(emulator);
        await bench.WarmAsync(service, LoadRoute.Stream);
        var (ramp, settle, window) = bench.Pick((3.0, 2.0, 15.0), (0.5, 0.5, 2.0));
        var run = await service.SubmitAsync(Workbench.Model((int)((ramp + settle + window) * Rate * 2), Rate), Key);
        return await LoadProcess.RunAsync(new()
        {
            Port = service.Port,
            Route = LoadRoute.Read,
            Path = run + "/stream",
            Clients = bench.Pick(1000, 100),
            RampSeconds = ramp,
            SettleSeconds = settle,
            WindowSeconds = window,
            KeepTimes = true,
            Rate = Rate,
            Key = Key,
            EmulatorPort = emulator.Port,
            Watch = Workbench.Watch(emulator, service),
        });
    }
}
