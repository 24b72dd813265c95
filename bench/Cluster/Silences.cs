using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Cluster;

/// <summary>The longest silence of each reader after a silo left or died, in seconds.</summary>
/// <param name="All">Of all readers.</param>
/// <param name="Owned">Of the runs that the silo worked on, read through silos that stayed.</param>
/// <param name="Through">Of runs on silos that stayed, read through the silo that went: their clients came back to another silo.</param>
/// <param name="Rest">Of readers that had nothing to do with the silo.</param>
/// <param name="Broken">Readers whose run did not come to its end with every event once and in order.</param>
/// <param name="Breaks">Connections to silos that stayed which broke.</param>
internal sealed record Silences(Quantiles All, Quantiles Owned, Quantiles Through, Quantiles Rest, int Broken, int Breaks)
{
    /// <param name="runs">That were read to the end.</param>
    /// <param name="silo">The one that went.</param>
    /// <param name="since">When.</param>
    public static Silences Of(IReadOnlyList<FollowedRun> runs, int silo, long since)
    {
        Quantiles Over(Func<FollowedRun, bool> which) =>
            Quantiles.Of([.. runs.Where(which).Select(run => run.LongestSilence(since))]) ?? throw new InvalidDataException("No readers of that kind.");

        return new(
            Over(static _ => true),
            Over(run => run.Owner == silo),
            Over(run => run.ReadThrough == silo),
            Over(run => run.Owner != silo && run.ReadThrough != silo),
            runs.Count(static run => run.IsWhole != true),
            runs.Where(run => run.ReadThrough != silo).Sum(static run => run.Breaks));
    }

    public override string ToString() => FormattableString.Invariant(
        $"its runs {Tell(Owned)}, its readers {Tell(Through)}, others {Tell(Rest)}; {Broken} broken, {Breaks} connections of others broke");

    private static string Tell(Quantiles times) => FormattableString.Invariant($"p50 {times.P50:f2} p99 {times.P99:f2} max {times.Max:f2} s");
}
