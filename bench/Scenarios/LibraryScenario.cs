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

    public string Id => "library";

    public async Task<Section> RunAsync(Workbench bench)
    {
        await using var emulator = await bench.StartEmulatorAsync();
        var paced = new LibrarySpec
        {
            Port = emulator.Port,
            Model = Workbench.Model(bench.Pick(100, 20), 50),
            Streams = bench.Pick(200, 20),
            WarmTurns = bench.Pick(3, 1),
            Blocks = bench.Pick(4, 1),
        };
        var flat = paced with { Model = Workbench.Model(bench.Pick(100_000, 1_000), 0), Streams = bench.Pick(10, 2) };
        List<Figure> figures = [.. await CompareAsync(bench, emulator, "50 events/s", paced, MostCpu), .. await CompareAsync(bench, emulator, "all at once", flat, null)];
        return new()
        {
            Id = Id,
            Title = "The gateway library",
            Text = "The library's run path beside `HttpClient`'s handler with a buffer that counts blank lines: 200 streams of 50 events a second, as real models are, then "
                + "10 streams whose events are there at once. CPU time and allocated memory of the client's process, by event, the dispatch included. The two take turns of about two "
                + "seconds within one process, in both orders; a round is a process of its own, and its figure the median of its blocks of four turns.",
            Figures = figures,
        };
    }

    private static async Task<IEnumerable<Figure>> CompareAsync(Workbench bench, EmulatorProcess emulator, string load, LibrarySpec spec, double? most)
    {
        List<IReadOnlyList<LibraryBlock>> rounds = [];
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            var blocks = await MeasureAsync(spec);
            rounds.Add(blocks);
            bench.Say(FormattableString.Invariant(
                $"library, {load}, round {round}: bare {Median(blocks, static b => b.Bare.Cpu):f2} µs, {Median(blocks, static b => b.Bare.Bytes):f1} B an event; ours {Median(blocks, static b => b.Ours.Cpu):f2} µs, {Median(blocks, static b => b.Ours.Bytes):f1} B; ratios {string.Join(' ', blocks.Select(static b => FormattableString.Invariant($"{Ratio(b):f3}")))}"));
            await emulator.ResetAsync();
        }

        var ratio = Over(rounds, Ratio);
        return
        [
            Figure.Plain($"{load}: CPU an event, bare", Unit.Microseconds, Over(rounds, static b => b.Bare.Cpu)),
            Figure.Plain($"{load}: CPU an event, library", Unit.Microseconds, Over(rounds, static b => b.Ours.Cpu)),
            most is { } target
                ? Figure.AtMost($"{load}: library to bare", Unit.Times, ratio, target)
                : Figure.Plain($"{load}: library to bare", Unit.Times, ratio),
            Figure.AtMost($"{load}: bytes allocated an event, more than bare", Unit.Count, Over(rounds, static b => b.Ours.Bytes - b.Bare.Bytes), 1),
        ];
    }

    private static double Ratio(LibraryBlock block) => block.Ours.Cpu / block.Bare.Cpu;

    private static Spread Over(IEnumerable<IReadOnlyList<LibraryBlock>> rounds, Func<LibraryBlock, double> figure) =>
        Spread.Of(rounds.Select(blocks => Median(blocks, figure)));

    private static double Median(IEnumerable<LibraryBlock> blocks, Func<LibraryBlock, double> figure) => Spread.Of(blocks.Select(figure)).Median;

    private static async Task<IReadOnlyList<LibraryBlock>> MeasureAsync(LibrarySpec spec)
    {
        await using var process = ChildProcess.StartDotnet("The clients", typeof(LibraryScenario).Assembly.Location, [LibraryCommand.Name]);
        await process.Input.WriteLineAsync(JsonSerializer.Serialize(spec, LibraryJson.Default.LibrarySpec));
        process.Input.Close();
        var line = await process.Output.ReadLineAsync();
        await process.WaitForExitAsync();
        return JsonSerializer.Deserialize(line ?? throw process.Trouble("ended without a report"), LibraryJson.Default.LibraryReport)!.Blocks;
    }
}
