using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Reporting;

/// <summary>One row of a table, ready to be shown.</summary>
internal sealed record Figure(string Name, string Target, string Measured, string Nginx, string Ratio, string Verdict)
{
    private const string None = "–";

    /// <summary>A figure that must not be lower than its target.</summary>
    public static Figure AtLeast(string name, Unit unit, Spread measured, double target, string? targetText = null, Spread? nginx = null) =>
        Of(name, unit, measured, targetText ?? $"≥ {unit.Format(target)}", nginx, Judge(measured.Median >= target, target - measured.Median, target));

    /// <summary>A figure that must not be higher than its target.</summary>
    public static Figure AtMost(string name, Unit unit, Spread measured, double target, string? targetText = null, Spread? nginx = null) =>
        Of(name, unit, measured, targetText ?? $"≤ {unit.Format(target)}", nginx, Judge(measured.Median <= target, measured.Median - target, target));

    /// <summary>A figure without a target.</summary>
    public static Figure Plain(string name, Unit unit, Spread measured, Spread? nginx = null) => Of(name, unit, measured, None, nginx, None);

    private static Figure Of(string name, Unit unit, Spread measured, string target, Spread? nginx, string verdict) => new(
        name,
        target,
        unit.Format(measured),
        nginx is null ? None : unit.Format(nginx),
        nginx is null || nginx.Median == 0 ? None : Unit.Times.Format(measured.Median / nginx.Median),
        verdict);

    private static string Judge(bool met, double missing, double target) =>
        met ? "met" : FormattableString.Invariant($"missed by {100 * missing / Math.Abs(target):0} %");
}
