using System.Globalization;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Scenarios;

/// <summary>Distributions as lines.</summary>
internal static class Percentiles
{
    private static readonly IReadOnlyList<string> Names = [.. Quantiles.Shares.Select(static share => share switch
    {
        0 => "min",
        1 => "max",
        _ => string.Create(CultureInfo.InvariantCulture, $"p{share * 100:0.#}"),
    })];

    public static string Chart(string title, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> lines) =>
        LineChart.Draw(title, Names, lines);
}
