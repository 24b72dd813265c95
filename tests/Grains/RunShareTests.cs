using System.Net;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Watch;
using Orleans.Runtime;

namespace Orchestrator.Grains.Tests;

public sealed class RunShareTests
{
    private static readonly SiloAddress[] Silos =
        [.. Enumerable.Range(1, 5).Select(static port => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 7))];

    private static readonly RunId[] Runs = [.. Draw(new Random(1)).Take(10_000)];

    [Fact]
    public void Every_silo_has_about_its_share()
    {
        var counts = Runs.GroupBy(static run => RunShare.Of(run, Silos)).Select(static share => share.Count());
        Assert.All(counts, static count => Assert.InRange(count, 1_800, 2_200));
    }

    [Fact]
    public void When_one_goes_its_runs_alone_change_hands_and_all_others_get_some()
    {
        var before = Runs.ToDictionary(static run => run, static run => RunShare.Of(run, Silos));
        var moved = Runs.Where(run => !RunShare.Of(run, Silos[1..])!.Equals(before[run])).ToList();
        Assert.All(moved, run => Assert.Equal(Silos[0], before[run]));
        Assert.Equal(4, moved.Select(static run => RunShare.Of(run, Silos[1..])).Distinct().Count());
    }

    private static IEnumerable<RunId> Draw(Random random)
    {
        for (var time = DateTimeOffset.UnixEpoch; ; time = time.AddMilliseconds(7))
        {
            yield return RunId.Create(time, random);
        }
    }
}
