using System.Globalization;
using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Reporting;

/// <summary>How figures of a kind are written.</summary>
internal sealed record Unit(string Name, string Pattern)
{
    public static readonly Unit PerSecond = new("/s", "#,##0");
    public static readonly Unit Milliseconds = new("ms", "#,##0.00");
    public static readonly Unit Microseconds = new("µs", "#,##0.00");
    public static readonly Unit Seconds = new("s", "0.00");
    public static readonly Unit Kibibytes = new("KiB", "#,##0.0");
    public static readonly Unit Mebibytes = new("MiB", "#,##0.0");
    public static readonly Unit Count = new("", "#,##0");
    public static readonly Unit Cores = new("cores", "0.000");
    public static readonly Unit Times = new("×", "0.00");

    public string Format(double value) => value.ToString(Pattern, CultureInfo.InvariantCulture)
        + (Name.Length == 0 ? "" : Name is "/s" or "×" ? Name : " " + Name);

    /// <summary>The median, and the least and the most of the rounds.</summary>
    public string Format(Spread spread) =>
        $"{Format(spread.Median)} ({spread.Least.ToString(Pattern, CultureInfo.InvariantCulture)}–{spread.Most.ToString(Pattern, CultureInfo.InvariantCulture)})";
}
