using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Reporting;

/// <summary>Groups of bars, a bar for each series; a line from the least to the most of the rounds on each.</summary>
internal static class BarChart
{
    private const int Width = 640;
    private const int Height = 330;
    private const double Left = 60;
    private const double Right = Width - 16;
    private const double GroupGap = 0.25;

    /// <param name="title">With the unit.</param>
    /// <param name="series">Their names.</param>
    /// <param name="groups">Each with a value for each series, null for none.</param>
    public static string Draw(string title, IReadOnlyList<string> series, IReadOnlyList<(string Name, IReadOnlyList<Spread?> Values)> groups)
    {
        SvgCanvas canvas = new(Width, Height, title);
        var axis = Axis.Linear(groups.SelectMany(static g => g.Values).OfType<Spread>().Max(static v => v.Most));
        axis.Draw(canvas, Left, Right);
        Legend.Draw(canvas, series, Left);
        var group = (Right - Left) / groups.Count;
        for (var g = 0; g < groups.Count; g++)
        {
            var width = group * (1 - GroupGap) / series.Count;
            var x = Left + (g * group) + (group * GroupGap / 2);
            for (var s = 0; s < series.Count; s++, x += width)
            {
                if (groups[g].Values[s] is { } value)
                {
                    Bar(canvas, axis, x, width, value, Legend.Colour(series, s));
                }
            }

            canvas.Text(Left + ((g + 0.5) * group), Axis.Floor + 18, groups[g].Name);
        }

        return canvas.ToString();
    }

    private static void Bar(SvgCanvas canvas, Axis axis, double x, double width, Spread value, int series)
    {
        var y = axis.At(value.Median);
        canvas.Bar(x + 2, y, Math.Min(width - 4, 90), Axis.Floor - y, series);
        var middle = x + 2 + (Math.Min(width - 4, 90) / 2);
        canvas.Line(middle, axis.At(value.Least), middle, axis.At(value.Most), "range");
        canvas.Text(middle, Math.Min(y, axis.At(value.Most)) - 5, Axis.Short(value.Median));
    }
}
