using System.Globalization;

namespace Orchestrator.Bench.Reporting;

/// <summary>The vertical axis of a chart: from values to heights.</summary>
internal sealed class Axis
{
    private const double Top = 56;
    private const double Bottom = 290;

    private readonly bool _logarithmic;
    private readonly double _least;
    private readonly double _most;

    private Axis(bool logarithmic, double least, double most, IReadOnlyList<double> marks) =>
        (_logarithmic, _least, _most, Marks) = (logarithmic, least, most, marks);

    public IReadOnlyList<double> Marks { get; }

    public static double Floor => Bottom;

    /// <summary>From 0 to a round number above the greatest value, with room for what is written on it.</summary>
    public static Axis Linear(double greatest)
    {
        greatest = Math.Max(greatest * 1.06, 1e-9);
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(greatest)));
        var step = new[] { 0.2, 0.25, 0.5, 1, 2 }.Select(s => s * magnitude).First(s => greatest / s <= 6);
        var most = Math.Ceiling(greatest / step) * step;
        return new(false, 0, most, [.. Enumerable.Range(0, (int)Math.Round(most / step) + 1).Select(i => i * step)]);
    }

    /// <summary>Whole powers of ten around all values.</summary>
    public static Axis Logarithmic(double smallest, double greatest)
    {
        var (from, to) = ((int)Math.Floor(Math.Log10(smallest)), (int)Math.Ceiling(Math.Log10(greatest)));
        to = Math.Max(to, from + 1);
        return new(true, from, to, [.. Enumerable.Range(from, to - from + 1).Select(static e => Math.Pow(10, e))]);
    }

    public double At(double value)
    {
        var share = ((_logarithmic ? Math.Log10(Math.Max(value, 1e-9)) : value) - _least) / (_most - _least);
        return Bottom - (Math.Clamp(share, 0, 1) * (Bottom - Top));
    }

    /// <summary>The marks with their lines.</summary>
    public void Draw(SvgCanvas canvas, double left, double right)
    {
        foreach (var mark in Marks)
        {
            canvas.Line(left, At(mark), right, At(mark), mark == Marks[0] ? "axis" : "grid");
            canvas.Text(left - 6, At(mark) + 4, Short(mark), "end");
        }
    }

    /// <summary>A number in few characters.</summary>
    public static string Short(double value) => value switch
    {
        >= 999_500 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.##}M"),
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#}k"),
        >= 10 => string.Create(CultureInfo.InvariantCulture, $"{value:0}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.###}"),
    };
}
