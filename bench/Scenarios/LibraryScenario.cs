using System.Text.Json;
using Orchestrator.Bench.Library;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>The gateway library beside a bare HTTP client on the same streams.</summary>
internal sealed class LibraryScenario : IScenario
{
    private const double MostCpu = 1.05;
    private const double Micro = 1e6;

    public string Id => "library";

    public async Task<Section> RunAsync(Workbench bench)
    {
        await using var emulator = await bench.StartEmulatorAsync();
        var paced = new LibrarySpec
        {
            Port = emulator.Port,
            Ours = false,
            Model = Workbench.Model(bench.Pick(500, 50), 50),
            Streams = bench.Pick(200, 20),
            WarmRounds = 1,
        };
        var flat = paced with { Model = Workbench.Model(bench.Pick(100_000, 1_000), 0), Streams = bench.Pick(10, 2) };
        List<Figure> figures = [.. await CompareAsync(bench, "50 events/s", paced, MostCpu), .. await CompareAsync(bench, "all at once", flat, null)];
        return new()
        {
            Id = Id,
            Title = "The gateway library",
            Text = "The library's run path in a process of its own, beside `HttpClient`'s handler with a buffer that counts blank lines, in another: 200 streams of 50 "
                + "events a second, as real models are, then 10 streams whose events are there at once. CPU time and allocated memory of the client's process, by event.",
            Figures = figures,
        };
    }

    private static async Task<IEnumerable<Figure>> CompareAsync(Workbench bench, string load, LibrarySpec spec, double? most)
    {
        List<LibraryReport> bare = [];
        List<LibraryReport> ours = [];
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            bare.Add(await MeasureAsync(spec));
            ours.Add(await MeasureAsync(spec with { Ours = true }));
            bench.Say(FormattableString.Invariant(
                $"library, {load}, round {round}: bare {Cpu(bare[^1]):f2} µs, {Bytes(bare[^1]):f1} B an event; ours {Cpu(ours[^1]):f2} µs, {Bytes(ours[^1]):f1} B, {ours[^1].Events} events"));
        }

        var ratio = Spread.Of(ours.Zip(bare, static (a, b) => Cpu(a) / Cpu(b)));
        var more = Spread.Of(ours.Zip(bare, static (a, b) => Bytes(a) - Bytes(b)));
        return
        [
            Figure.Plain($"{load}: CPU an event, bare", Unit.Microseconds, Spread.Of(bare.Select(Cpu))),
            Figure.Plain($"{load}: CPU an event, library", Unit.Microseconds, Spread.Of(ours.Select(Cpu))),
            most is { } target
                ? Figure.AtMost($"{load}: library to bare", Unit.Times, ratio, target)
                : Figure.Plain($"{load}: library to bare", Unit.Times, ratio),
            Figure.AtMost($"{load}: bytes allocated an event, more than bare", Unit.Count, more, 1),
        ];
    }

    private static double Cpu(LibraryReport report) => report.CpuSeconds * Micro / report.Events;

    private static double Bytes(LibraryReport report) => (double)report.AllocatedBytes / report.Events;

    private static async Task<LibraryReport> MeasureAsync(LibrarySpec spec)
    {
        await using var process = ChildProcess.StartDotnet("The client", typeof(LibraryScenario).Assembly.Location, [LibraryCommand.Name]);
        await process.Input.WriteLineAsync(JsonSerializer.Serialize(spec, LibraryJson.Default.LibrarySpec));
        process.Input.Close();
        var line = await process.Output.ReadLineAsync();
        await process.WaitForExitAsync();
        return JsonSerializer.Deserialize(line ?? throw process.Trouble("ended without a report"), LibraryJson.Default.LibraryReport)!;
    }
}
