using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>What an active run costs in memory.</summary>
internal sealed class MemoryScenario : IScenario
{
    private const double Target = 40;
    private const double Kibibyte = 1024;
    private const int Samples = 20;

    public string Id => "memory";

    public async Task<Section> RunAsync(Workbench bench)
    {
        await using var emulator = await bench.StartEmulatorAsync();
        var step = bench.Pick(1000, 100);
        List<double[]> rounds = [];
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            rounds.Add(await MeasureAsync(bench, emulator, step));
            bench.Say($"memory, round {round}: {string.Join(", ", rounds[^1].Select(static b => FormattableString.Invariant($"{b / Kibibyte / Kibibyte:f1} MiB")))}");
        }

        Spread PerRun(int upTo) => Spread.Of(rounds.Select(r => (r[upTo] - r[upTo - 1]) / Kibibyte / step));
        return new()
        {
            Id = Id,
            Title = "Memory",
            Text = "Resident memory of the service's process (`/proc`) with no run, then with 1,000, then with 2,000 active runs of one event a second and no reader; each the "
                + "median of several seconds after the last submit. It moves with the garbage collector as well: one round says little.",
            Figures =
            [
                Figure.Plain("with no run", Unit.Mebibytes, Spread.Of(rounds.Select(static r => r[0] / Kibibyte / Kibibyte))),
                Figure.Plain("with 2,000 runs", Unit.Mebibytes, Spread.Of(rounds.Select(static r => r[2] / Kibibyte / Kibibyte))),
                Figure.Plain("per active run, 0 to 1,000", Unit.Kibibytes, PerRun(1)),
                Figure.AtMost("per active run, 1,000 to 2,000", Unit.Kibibytes, PerRun(2), Target),
            ],
            Charts = [new("memory.svg", "Resident memory by active runs", LineChart.Draw(
                "Resident memory, MiB, by active runs",
                ["0", "1,000", "2,000"],
                [("service", [.. Enumerable.Range(0, 3).Select(i => Spread.Of(rounds.Select(r => r[i] / Kibibyte / Kibibyte)).Median)])],
                logarithmic: false))],
        };
    }

    private static async Task<double[]> MeasureAsync(Workbench bench, EmulatorProcess emulator, int step)
    {
        await emulator.ResetAsync();
        await using var service = await bench.StartServiceAsync(emulator);
        await bench.WarmAsync(service, LoadRoute.Stream);
        List<double> resident = [await ResidentAsync(bench, service)];
        for (var thousand = 1; thousand <= 2; thousand++)
        {
            await LoadProcess.RunAsync(new()
            {
                Port = service.Port,
                Route = LoadRoute.Submit,
                Model = Workbench.Model(100_000, 1),
                Clients = step,
                RampSeconds = bench.Pick(5.0, 0.5),
                Key = "memory-",
            });
            resident.Add(await ResidentAsync(bench, service));
        }

        return [.. resident];
    }

    private static async Task<double> ResidentAsync(Workbench bench, ServiceProcess service)
    {
        await Task.Delay(TimeSpan.FromSeconds(bench.Pick(8.0, 0.5)));
        List<double> samples = [];
        for (var i = 0; i < Samples; i++)
        {
            samples.Add(Memory.ResidentBytes(service.Processes[0]));
            await Task.Delay(TimeSpan.FromMilliseconds(bench.Pick(250, 25)));
        }

        return Spread.Of(samples).Median;
    }
}
