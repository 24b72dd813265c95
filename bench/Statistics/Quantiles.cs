using System.Runtime.InteropServices;

namespace Orchestrator.Bench.Statistics;

/// <summary>A distribution at fixed shares, so that it can be drawn.</summary>
/// <param name="Count">Samples.</param>
/// <param name="Values">The value at each of <see cref="Shares"/>.</param>
internal sealed record Quantiles(long Count, IReadOnlyList<double> Values)
{
    public static readonly IReadOnlyList<double> Shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

    public double P50 => Values[3];

    public double P99 => Values[7];

    public double Max => Values[^1];

    /// <summary>Sorts the samples. Null where there are none.</summary>
    public static Quantiles? Of(List<double> samples)
    {
        if (samples.Count == 0)
        {
            return null;
        }

        CollectionsMarshal.AsSpan(samples).Sort();
        return new(samples.Count, [.. Shares.Select(share => samples[Math.Max(0, (int)Math.Ceiling(share * samples.Count) - 1)])]);
    }
}
