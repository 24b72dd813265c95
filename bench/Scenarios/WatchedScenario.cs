using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>What it costs a cluster that somebody watches all of its runs: each silo that is looked at hears of the others' runs.</summary>
internal sealed class WatchedScenario : IScenario
{
    private const int Silos = 3;

    /// <summary>Few events, so that what is measured is the watching: every run changes between two looks all the same.</summary>
    private const int Rate = 2;

    private readonly List<double> _alone = [];
    private readonly List<double> _one = [];
    private readonly List<double> _three = [];
    private readonly List<double> _bytes = [];

    public string Id => "watched";

    public async Task<Section> RunAsync(Workbench bench)
    {
        var repository = ReleaseBuild.Repository();
        await ReleaseBuild.FindAsync(repository, "silo", "Orchestrator.Silo", !bench.Options.NoBuild);
        await using var cluster = await SiloCluster.UpAsync(repository, Silos);
        for (var silo = 1; silo <= Silos; silo++)
        {
            await LoadProcess.RunAsync(new()
            {
                Port = cluster.Address(silo).Port,
                Route = LoadRoute.Submit,
                Model = Workbench.Model(1_000_000, Rate),
                Clients = bench.Pick(1002, 30) / Silos,
                RampSeconds = bench.Pick(5.0, 0.5),
                Key = FormattableString.Invariant($"watched-{silo}-"),
            });
        }

        // The first of each would be measured while its code is compiled.
        for (var round = 0; round <= bench.Options.Rounds; round++)
        {
            var (alone, _) = await CoresAsync(bench, cluster, []);
            var (one, _) = await CoresAsync(bench, cluster, [1]);
            var (three, bytes) = await CoresAsync(bench, cluster, [1, 2, 3]);
            bench.Say(FormattableString.Invariant(
                $"watched, round {round}: {alone:f3} cores, one silo watched {one:f3}, three {three:f3}; each feed {bytes / 1024:n0} KiB/s"));
            if (round > 0)
            {
                _alone.Add(alone);
                _one.Add(one);
                _three.Add(three);
                _bytes.Add(bytes);
            }
        }

        return Describe();
    }

    /// <summary>What the silos take of the machine while there is a dashboard at some of them, and what each of its feeds brings a second.</summary>
    private static async Task<(double Cores, double FeedBytes)> CoresAsync(Workbench bench, SiloCluster cluster, IReadOnlyList<int> watched)
    {
        var seconds = bench.Pick(20.0, 3);
        CpuUsage usage = new(new Dictionary<string, int[]>(StringComparer.Ordinal)
        {
            ["silos"] = [.. Enumerable.Range(1, Silos).SelectMany(silo => cluster.Processes(FormattableString.Invariant($"silo-{silo}")))],
        });
        var dashboards = watched.Select(silo => Load.Dashboards.Open(cluster.Address(silo).Port, 1)).ToList();
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            var (cpu, brought) = (usage.Read()["silos"], dashboards.Sum(static one => one.FeedBytes));
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
            return ((usage.Read()["silos"] - cpu) / seconds, (dashboards.Sum(static one => one.FeedBytes) - brought) / seconds / Math.Max(1, watched.Count));
        }
        finally
        {
            foreach (var one in dashboards)
            {
                await one.DisposeAsync();
            }
        }
    }

    private Section Describe()
    {
        var one = Spread.Of(_one.Zip(_alone, static (watched, alone) => watched - alone));
        var three = Spread.Of(_three.Zip(_alone, static (watched, alone) => watched - alone));
        return new()
        {
            Id = Id,
            Title = "A cluster that is watched",
            Text = "Three silos, their PostgreSQL server and the emulator, all on this machine, with 1,002 runs of two events a second: each changes between two looks "
                + "of a feed. CPU time that the silos' processes took in 20 seconds: without a dashboard, with one at one silo, and with one at each of them. A dashboard "
                + "follows the feed of all runs and reads the overview every five seconds; two thirds of what it is told are other silos' runs.",
            Figures =
            [
                Figure.Plain("three silos, nobody watches", Unit.Cores, Spread.Of(_alone)),
                Figure.Plain("more with a dashboard at one silo", Unit.Cores, one),
                Figure.Plain("more with one at each", Unit.Cores, three),
                Figure.Plain("what a feed brings a second", Unit.Kibibytes, Spread.Of(_bytes.Select(static bytes => bytes / 1024))),
            ],
        };
    }
}
