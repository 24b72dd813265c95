namespace Orchestrator.Bench.Reporting;

/// <summary>Which colour is which series.</summary>
internal static class Legend
{
    private const double Line = 40;
    private const double Character = 6.6;

    /// <summary>nginx is grey in every chart, and nothing else is.</summary>
    public static int Colour(IReadOnlyList<string> series, int index) => index + (series.Contains("nginx", StringComparer.Ordinal) ? 0 : 1);

    public static void Draw(SvgCanvas canvas, IReadOnlyList<string> series, double left)
    {
        var x = left;
        for (var s = 0; s < series.Count; s++)
        {
            canvas.Bar(x, Line - 9, 10, 10, Colour(series, s));
            canvas.Text(x + 15, Line, series[s], "start");
            x += 35 + (series[s].Length * Character);
        }
    }
}
