using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>
/// The same load on several contenders, in turn, over several rounds; every other round the other way round, so that what drifts over the
/// rounds does not fall on the last of them.
/// </summary>
internal sealed class Contest
{
    private const double MostCompany = 0.1;

    private readonly Dictionary<string, List<LoadReport>> _reports = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _reports.Keys;

    /// <summary>What went wrong, and what else the machine did, over all rounds.</summary>
    public IEnumerable<string> Remarks => Failures.Concat(Company);

    private IEnumerable<string> Failures => _reports.SelectMany(static r => r.Value.SelectMany(
        report => report.Failures.Take(1).Select(failure => $"{r.Key}: {report.FailureCount} of {report.Started} clients failed: {failure}.")));

    /// <summary>Figures of a machine that was busy with something else are not worth much.</summary>
    private IEnumerable<string> Company => _reports
        .Select(static r => (r.Key, Share: r.Value.Max(static report => report.Cpu[CpuUsage.Others] / report.WindowSeconds / Environment.ProcessorCount)))
        .Where(static r => r.Share > MostCompany)
        .Select(static r => FormattableString.Invariant($"{r.Key}: other processes took up to {r.Share:0 %} of the machine's CPU time."));

    public static async Task<Contest> RunAsync(Workbench bench, string title, params (string Name, Func<Task<LoadReport>> Run)[] contenders)
    {
        Contest contest = new();
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            foreach (var (name, run) in round % 2 == 1 ? contenders : contenders.Reverse())
            {
                var report = await run();
                contest.Add(name, report);
                bench.Say(FormattableString.Invariant(
                    $"{title}, round {round}, {name}: {report.EventsPerSecond:n0} events/s, lag p99 {report.Lag?.P99:f2} ms, first p50 {report.First?.P50:f2} p99 {report.First?.P99:f2} ms, CPU {string.Join(' ', report.Cpu.Select(c => FormattableString.Invariant($"{c.Key} {c.Value:f1}")))}, {report.FailureCount} failed"));
            }
        }

        return contest;
    }

    public bool Has(string name) => _reports.ContainsKey(name);

    public Spread Over(string name, Func<LoadReport, double> figure) => Spread.Of(_reports[name].Select(figure));

    /// <summary>Over the rounds: what one contender has more than another in the same round.</summary>
    public Spread Difference(string name, string than, Func<LoadReport, double> figure) =>
        Spread.Of(_reports[name].Zip(_reports[than], (a, b) => figure(a) - figure(b)));

    /// <summary>Over the rounds: how many times another's figure in the same round a contender has.</summary>
    public Spread Ratio(string name, string to, Func<LoadReport, double> figure) =>
        Spread.Of(_reports[name].Zip(_reports[to], (a, b) => figure(a) / figure(b)));

    /// <summary>A distribution: for each share the median over the rounds.</summary>
    public IReadOnlyList<double> Curve(string name, Func<LoadReport, Quantiles?> of) =>
        [.. Quantiles.Shares.Select((_, i) => Over(name, r => of(r)?.Values[i] ?? 0).Median)];

    /// <summary>CPU seconds per million events: the medians, by process.</summary>
    public IReadOnlyDictionary<string, double> CpuPerMillion(string name) => _reports[name][0].Cpu.Keys.ToDictionary(
        static process => process,
        process => Over(name, r => r.Cpu[process] * 1e6 / Math.Max(1, r.Events)).Median,
        StringComparer.Ordinal);

    private void Add(string name, LoadReport report)
    {
        if (!_reports.TryGetValue(name, out var reports))
        {
            _reports[name] = reports = [];
        }

        reports.Add(report);
    }
}
