using System.Diagnostics;
using Orchestrator.Bench.Cluster;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>Three silos on one machine: what they cost beside one process, and what readers notice when one of them leaves or dies.</summary>
internal sealed class ClusterScenario : IScenario
{
    private const int Silos = 3;
    private const int Rate = 10;
    private const int Looks = 300;

    private const double KillTarget = 10;
    private const double DrainTarget = 1;
    private const double LeastOfOne = 0.7;
    private const double LookTarget = 5;

    public string Id => "cluster";

    public async Task<Section> RunAsync(Workbench bench)
    {
        var repository = ReleaseBuild.Repository();
        await ReleaseBuild.FindAsync(repository, "silo", "Orchestrator.Silo", !bench.Options.NoBuild);
        List<double> ones = [];
        List<double> embedded = [];
        List<double> threes = [];
        List<Quantiles> looks = [];
        List<Silences> drains = [];
        List<Silences> kills = [];
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            await using var cluster = await SiloCluster.UpAsync(repository, 0);
            ones.Add(await OneAsync(bench, cluster, "--Journal:Provider", "Postgres", "--Journal:ConnectionString", cluster.Postgres));
            embedded.Add(await OneAsync(bench, cluster));
            await cluster.RunAsync("up", Silos);
            threes.Add(await FlatAsync(bench, [.. Enumerable.Range(1, Silos).Select(silo => cluster.Address(silo).Port)]));
            looks.Add(await LooksAsync(bench, cluster));
            bench.Say(FormattableString.Invariant(
                $"cluster, round {round}: {threes[^1]:n0}/s, one process on PostgreSQL {ones[^1]:n0}/s, on SQLite {embedded[^1]:n0}/s; status p50 {looks[^1].P50:f2} ms"));
            drains.Add(await SilencesAsync(bench, cluster, "drain", 1));
            await cluster.RunAsync("start", 1);
            kills.Add(await SilencesAsync(bench, cluster, "kill", 2));
        }

        return Describe(ones, embedded, threes, looks, drains, kills);
    }

    private static async Task<double> OneAsync(Workbench bench, SiloCluster cluster, params IReadOnlyList<string> settings)
    {
        await using var service = await bench.StartServiceAsync(cluster.Emulator, settings);
        return await FlatAsync(bench, [.. Enumerable.Repeat(service.Port, Silos)]);
    }

    /// <summary>
    /// The third time counts: three silos each see a third of what one process does, and the second time still took twice the CPU time of the
    /// third, for the compiler.
    /// </summary>
    private static async Task<double> FlatAsync(Workbench bench, IReadOnlyList<int> ports)
    {
        await FlatLoad.RunAsync(ports, bench.Pick(10_000, 500));
        await FlatLoad.RunAsync(ports, bench.Pick(10_000, 500));
        return await FlatLoad.RunAsync(ports, bench.Pick(10_000, 500));
    }

    /// <summary>At finished runs, through all silos in turns, one after the other; in milliseconds.</summary>
    private static async Task<Quantiles> LooksAsync(Workbench bench, SiloCluster cluster)
    {
        using var load = await FollowedLoad.StartAsync(cluster, Enumerable.Range(1, Silos), bench.Pick(150, 30), Workbench.Model(50, Rate));
        await load.EndAsync();
        using HttpClient http = new();
        List<double> times = [];
        for (var i = 0; i < 2 * Looks; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await http.GetByteArrayAsync(new Uri(cluster.Address(1 + (i % Silos)), $"v1/runs/{load.Runs[i % load.Runs.Count].Id}"));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Quantiles.Of(times[Looks..])!;
    }

    /// <summary>Runs on three silos, and one of those goes.</summary>
    private static async Task<Silences> SilencesAsync(Workbench bench, SiloCluster cluster, string command, int silo)
    {
        using var load = await FollowedLoad.StartAsync(
            cluster, Enumerable.Range(1, Silos), bench.Pick(300, 60), Workbench.Model(bench.Pick(300, 150), Rate));
        await load.AllStreamAsync(20);
        var since = Stopwatch.GetTimestamp();
        await cluster.RunAsync(command, silo);
        var took = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await load.EndAsync();
        var silences = Silences.Of(load.Runs, silo, since);
        bench.Say(FormattableString.Invariant($"cluster, {command} took {took:f2} s: {silences}"));
        return silences;
    }

    private Section Describe(
        List<double> ones, List<double> embedded, List<double> threes, List<Quantiles> looks, List<Silences> drains, List<Silences> kills)
    {
        static Spread Over(List<Silences> rounds, Func<Silences, double> figure) => Spread.Of(rounds.Select(figure));
        return new()
        {
            Id = Id,
            Title = "The cluster",
            Text = "Three silos, their PostgreSQL server and the emulator, all on this machine. Throughput: 99 runs of 10,000 events that are all there at once, from three "
                + "load clients, each with a silo of its own, or all with one process; that process keeps its journal in the same PostgreSQL server, or in SQLite. Status: "
                + "`GET` of finished runs through all silos, one after the other. Then 300 runs of 10 events a second, spread over the silos, each with a reader of `/events` "
                + "through another silo than the one that it was submitted to. One silo gets SIGTERM, with other runs one gets SIGKILL; a reader whose connection breaks comes "
                + "back through the next silo, from its last event. Silence is the longest time that a reader was without an event after the signal.",
            Figures =
            [
                Figure.AtLeast(
                    "three silos to one process on PostgreSQL", Unit.Times, Spread.Of(threes.Zip(ones, static (three, one) => three / one)), LeastOfOne),
                Figure.Plain("three silos: events", Unit.PerSecond, Spread.Of(threes)),
                Figure.Plain("one process on PostgreSQL: events", Unit.PerSecond, Spread.Of(ones)),
                Figure.Plain("one process on SQLite: events", Unit.PerSecond, Spread.Of(embedded)),
                Figure.AtMost("status of a finished run p50", Unit.Milliseconds, Spread.Of(looks.Select(static look => look.P50)), LookTarget),
                Figure.Plain("status of a finished run p99", Unit.Milliseconds, Spread.Of(looks.Select(static look => look.P99))),
                Figure.AtMost("SIGTERM: silence, all readers, most", Unit.Seconds, Over(drains, static s => s.All.Max), DrainTarget),
                Figure.Plain("SIGTERM: silence, all readers, p99", Unit.Seconds, Over(drains, static s => s.All.P99)),
                Figure.Plain("SIGTERM: silence, runs of the silo, p50", Unit.Seconds, Over(drains, static s => s.Owned.P50)),
                Figure.AtMost("SIGKILL: silence, runs of the silo, p99", Unit.Seconds, Over(kills, static s => s.Owned.P99), KillTarget),
                Figure.Plain("SIGKILL: silence, runs of the silo, p50", Unit.Seconds, Over(kills, static s => s.Owned.P50)),
                Figure.Plain("SIGKILL: silence, all readers, most", Unit.Seconds, Over(kills, static s => s.All.Max)),
            ],
            Remarks = [.. drains.Concat(kills).Where(static s => s.Broken > 0 || s.Breaks > 0).Select(static s => FormattableString.Invariant(
                $"{s.Broken} readers did not get every event once and in order; {s.Breaks} connections to silos that stayed broke."))],
        };
    }
}
