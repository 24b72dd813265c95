using System.Diagnostics;
using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary><c>kill -9</c> with runs in flight and readers on them: how long until all of them go on.</summary>
internal sealed class RecoveryScenario : IScenario
{
    private const int Rate = 50;
    private const double Target = 3;

    private static readonly double[] Instants = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.5, 4, 5, 6, 8, 10];

    public string Id => "recovery";

    public async Task<Section> RunAsync(Workbench bench)
    {
        List<double[]> rounds = [];
        List<string> remarks = [];
        await using var emulator = await bench.StartEmulatorAsync();
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            var (resumed, report, events) = await MeasureAsync(bench, emulator);
            rounds.Add(resumed);
            if (report.Completed != report.Started || report.FewestEvents != events || report.MostEvents != events)
            {
                remarks.Add(FormattableString.Invariant(
                    $"Round {round}: {report.Completed} of {report.Started} readers came to the end, with {report.FewestEvents} to {report.MostEvents} events of {events}. {string.Join(' ', report.Failures.Take(1))}"));
            }

            bench.Say(FormattableString.Invariant(
                $"recovery, round {round}: {resumed.Length} readers, first {resumed.FirstOrDefault():f2} s, half {resumed.ElementAtOrDefault(resumed.Length / 2):f2} s, all {resumed.LastOrDefault():f2} s, {report.Completed} to the end"));
        }

        var expected = bench.Pick(1000, 100);
        Spread At(Func<double[], double> share) => Spread.Of(rounds.Select(r => r.Length == expected ? share(r) : double.PositiveInfinity));
        return new()
        {
            Id = Id,
            Title = "Recovery",
            Text = "1,000 runs of 50 events a second with a reader each; the service is killed (`kill -9`) and started again at once, the gateway stays up. From the start "
                + "of the new process until the readers, which come back from their counts as soon as it listens, have a new event. Every reader must end with every event once.",
            Figures =
            [
                Figure.Plain("first run streams again after", Unit.Seconds, At(static r => r[0])),
                Figure.Plain("half of the runs stream again after", Unit.Seconds, At(static r => r[r.Length / 2])),
                Figure.AtMost("all runs stream again after", Unit.Seconds, At(static r => r[^1]), Target),
            ],
            Charts = [new("recovery.svg", "Runs that stream again", Chart(rounds))],
            Remarks = remarks,
        };
    }

    private static async Task<(double[] Resumed, LoadReport Report, int Events)> MeasureAsync(Workbench bench, EmulatorProcess emulator)
    {
        await emulator.ResetAsync();
        await using var service = await bench.StartServiceAsync(emulator);
        await bench.WarmAsync(service, LoadRoute.Stream);
        var events = bench.Pick(1500, 400);
        await using var load = await LoadProcess.StartAsync(new()
        {
            Port = service.Port,
            Route = LoadRoute.Stream,
            Model = Workbench.Model(events, Rate),
            Clients = bench.Pick(1000, 100),
            RampSeconds = bench.Pick(5.0, 1.0),
            SettleSeconds = bench.Pick(3.0, 1.0),
            WindowSeconds = 90,
            Reconnect = true,
            Key = "recovery-",
        });
        await load.ReadyAsync();
        await service.KillAndRestartAsync();
        var startedAt = service.StartedAt;
        var report = await load.ReportAsync();
        return ([.. report.ResumedAt.Select(at => Stopwatch.GetElapsedTime(startedAt, at).TotalSeconds).Order()], report, Workbench.RawEvents(events));
    }

    private static string Chart(List<double[]> rounds) => LineChart.Draw(
        "Runs that stream again, by seconds since the process's start",
        [.. Instants.Select(static s => FormattableString.Invariant($"{s}"))],
        [.. rounds.Select((r, i) => (
            FormattableString.Invariant($"round {i + 1}"),
            (IReadOnlyList<double>)[.. Instants.Select(s => (double)r.Count(at => at <= s))]))],
        logarithmic: false);
}
