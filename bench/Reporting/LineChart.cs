namespace Orchestrator.Bench.Reporting;

/// <summary>Lines over a common horizontal axis whose points are named, not scaled.</summary>
internal static class LineChart
{
    private const int Width = 640;
    private const int Height = 330;
    private const double Left = 60;
    private const double Right = Width - 24;

    /// <param name="title">With the unit.</param>
    /// <param name="points">The names of the points.</param>
    /// <param name="lines">Each with a value for each point.</param>
    /// <param name="logarithmic">Where values differ by orders of magnitude; those below <paramref name="least"/> are drawn there.</param>
    /// <param name="least">The smallest value that is told apart.</param>
    public static string Draw(
        string title,
        IReadOnlyList<string> points,
        IReadOnlyList<(string Name, IReadOnlyList<double> Values)> lines,
        bool logarithmic = true,
        double least = 0.01)
    {
        SvgCanvas canvas = new(Width, Height, title);
        double[] all = [.. lines.SelectMany(static l => l.Values).Select(v => Math.Max(v, least))];
        var axis = logarithmic ? Axis.Logarithmic(all.Min(), all.Max()) : Axis.Linear(all.Max());
        axis.Draw(canvas, Left, Right);
        string[] series = [.. lines.Select(static l => l.Name)];
        Legend.Draw(canvas, series, Left);
        double X(int point) => Left + 12 + (point * (Right - Left - 24) / Math.Max(1, points.Count - 1));
        for (var p = 0; p < points.Count; p++)
        {
            canvas.Text(X(p), Axis.Floor + 18, points[p]);
        }

        for (var l = 0; l < lines.Count; l++)
        {
            (double X, double Y)[] path = [.. lines[l].Values.Select((v, p) => (X(p), axis.At(Math.Max(v, least))))];
            canvas.Path(path, Legend.Colour(series, l));
            foreach (var (x, y) in path)
            {
                canvas.Dot(x, y, Legend.Colour(series, l));
            }
        }

        return canvas.ToString();
    }
}
