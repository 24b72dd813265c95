using System.Diagnostics;
using Orchestrator.Bench.Cluster;
using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>Three silos on one machine: what they cost beside one process, and what readers notice when one of them leaves or dies.</summary>
internal sealed class ClusterScenario : IScenario
{
    private const int Silos = 3;
    private const int Rate = 10;

    private const double KillTarget = 10;
    private const double DrainTarget = 1;

    public string Id => "cluster";

    public async Task<Section> RunAsync(Workbench bench)
    {
        var repository = ReleaseBuild.Repository();
        await ReleaseBuild.FindAsync(repository, "silo", "Orchestrator.Silo", !bench.Options.NoBuild);
        List<Silences> drains = [];
        List<Silences> kills = [];
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            await using var cluster = await SiloCluster.UpAsync(repository, Silos);
            await WarmAsync(bench, cluster);
            drains.Add(await SilencesAsync(bench, cluster, "drain", 1));
            await cluster.RunAsync("start", 1);
            kills.Add(await SilencesAsync(bench, cluster, "kill", 2));
        }

        return new()
        {
            Id = Id,
            Title = "The cluster",
            Text = "Three silos, their PostgreSQL server and the emulator. 300 runs of 10 events a second, spread over the silos, each with a reader of `/events` through "
                + "another silo than the one that it was submitted to. One silo gets SIGTERM, in another round of runs one gets SIGKILL; a reader whose connection "
                + "breaks comes back through the next silo, from its last event. The longest time that each reader was without an event after the signal.",
            Figures =
            [
                Figure.AtMost("SIGTERM: longest silence, all readers", Unit.Seconds, Spread.Of(drains.Select(static d => d.All.Max)), DrainTarget),
                Figure.AtMost("SIGKILL: longest silence, p99", Unit.Seconds, Spread.Of(kills.Select(static d => d.Owned.P99)), KillTarget),
            ],
        };
    }

    private static async Task WarmAsync(Workbench bench, SiloCluster cluster)
    {
        using var load = await FollowedLoad.StartAsync(cluster, Enumerable.Range(1, Silos), bench.Pick(150, 30), Workbench.Model(50, Rate));
        await load.EndAsync();
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
}
