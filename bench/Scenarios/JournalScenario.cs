using System.Text.Json;
using Orchestrator.Bench.Journals;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>The journal without the service around it.</summary>
internal sealed class JournalScenario : IScenario
{
    private const int EventBytes = 256;
    private const double Throughput = 500_000;
    private const double AppendP99 = 5;
    private const string Full = "as fast as it goes";
    private const string Tenth = "50,000 events/s";

    public string Id => "journal";

    public async Task<Section> RunAsync(Workbench bench)
    {
        List<JournalReport> full = [];
        List<JournalReport> tenth = [];
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            full.Add(await MeasureAsync(bench, runs: 100, batch: 64, rate: 0));
            tenth.Add(await MeasureAsync(bench, runs: 1000, batch: 0, rate: 50));
            bench.Say(FormattableString.Invariant(
                $"journal, round {round}: {full[^1].EventsPerSecond:n0} events/s, p99 {full[^1].Append?.P99:f2} ms; paced {tenth[^1].EventsPerSecond:n0} events/s, p50 {tenth[^1].Append?.P50:f2} p99 {tenth[^1].Append?.P99:f2} ms"));
        }

        static Spread Of(List<JournalReport> rounds, Func<JournalReport, double> figure) => Spread.Of(rounds.Select(figure));
        return new()
        {
            Id = Id,
            Title = "The journal alone",
            Text = "The SQLite journal in a process of its own, without the service: events of 256 bytes through the port that the engine writes to. 100 runs append "
                + "64 events at a time, one append after the other; then 1,000 runs append every event of their own 50 a second when it is due. A commit's time is an append's: from the call until it is durable.",
            Figures =
            [
                Figure.AtLeast("100 runs × 64 events an append: durable events", Unit.PerSecond, Of(full, static r => r.EventsPerSecond), Throughput),
                Figure.Plain("100 runs × 64 events an append: commit p99", Unit.Milliseconds, Of(full, static r => r.Append?.P99 ?? 0)),
                Figure.Plain("1,000 runs × 50 events/s: durable events", Unit.PerSecond, Of(tenth, static r => r.EventsPerSecond)),
                Figure.Plain("1,000 runs × 50 events/s: commit p50", Unit.Milliseconds, Of(tenth, static r => r.Append?.P50 ?? 0)),
                Figure.AtMost("1,000 runs × 50 events/s: commit p99", Unit.Milliseconds, Of(tenth, static r => r.Append?.P99 ?? 0), AppendP99),
            ],
            Cpu = [Cpu(Full, full), Cpu(Tenth, tenth)],
            Charts = [new("journal.svg", "Time of a commit, by percentile", Percentiles.Chart(
                "From an append's call until it is durable, ms", [(Full, Curve(full)), (Tenth, Curve(tenth))]))],
        };
    }

    private static CpuRow Cpu(string load, List<JournalReport> rounds) => new(
        load, new Dictionary<string, double>(StringComparer.Ordinal) { ["journal"] = Spread.Of(rounds.Select(static r => r.CpuSeconds * 1e6 / r.Events)).Median });

    private static IReadOnlyList<double> Curve(List<JournalReport> rounds) =>
        [.. Quantiles.Shares.Select((_, i) => Spread.Of(rounds.Select(r => r.Append?.Values[i] ?? 0)).Median)];

    private static async Task<JournalReport> MeasureAsync(Workbench bench, int runs, int batch, double rate)
    {
        var folder = Directory.CreateTempSubdirectory("orchestrator-bench-journal-").FullName;
        try
        {
            JournalSpec spec = new()
            {
                Directory = folder,
                Runs = runs,
                EventBytes = EventBytes,
                BatchEvents = batch,
                Rate = rate,
                WarmSeconds = bench.Pick(3.0, 1.0),
                WindowSeconds = bench.Pick(10.0, 1.0),
            };
            await using var process = ChildProcess.StartDotnet("The journal", typeof(JournalScenario).Assembly.Location, [JournalCommand.Name]);
            await process.Input.WriteLineAsync(JsonSerializer.Serialize(spec, JournalJson.Default.JournalSpec));
            process.Input.Close();
            var line = await process.Output.ReadLineAsync();
            await process.WaitForExitAsync();
            return JsonSerializer.Deserialize(line ?? throw process.Trouble("ended without a report"), JournalJson.Default.JournalReport)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
