using System.Globalization;
using System.Security;
using System.Text;

namespace Orchestrator.Bench.Reporting;

/// <summary>A drawing that follows the reader's light or dark scheme.</summary>
internal sealed class SvgCanvas(int width, int height, string title)
{
    /// <summary>Colours that tell as many series apart, in either scheme.</summary>
    public const int Colours = 4;

    private readonly StringBuilder _shapes = new();

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Add($"<line class=\"{style}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>");

    public void Bar(double x, double y, double w, double h, int series) =>
        Add($"<rect class=\"f{series % Colours}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{w:0.#}\" height=\"{h:0.#}\" rx=\"2\"/>");

    public void Path(IEnumerable<(double X, double Y)> points, int series)
    {
        var path = string.Join(' ', points.Select(static p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")));
        Add($"<polyline class=\"s{series % Colours}\" points=\"{path}\"/>");
    }

    public void Dot(double x, double y, int series) => Add($"<circle class=\"f{series % Colours}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"2.5\"/>");

    /// <param name="x">Where the anchor is.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">What it says.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public void Text(double x, double y, string text, string anchor = "middle") =>
        Add($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{SecurityElement.Escape(text)}</text>");

    public override string ToString() => $$"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}" width="{{width}}" height="{{height}}" role="img" aria-label="{{SecurityElement.Escape(title)}}">
        <style>
        svg { --ink: #24292f; --grid: #d0d7de; --c0: #6e7781; --c1: #0969da; --c2: #bf8700; --c3: #8250df; font: 12px system-ui, sans-serif; }
        @media (prefers-color-scheme: dark) { svg { --ink: #e6edf3; --grid: #30363d; --c0: #8b949e; --c1: #58a6ff; --c2: #e3b341; --c3: #bc8cff; } }
        text { fill: var(--ink); }
        .title { font-weight: 600; }
        .grid { stroke: var(--grid); }
        .axis, .range { stroke: var(--ink); }
        .target { stroke: var(--ink); stroke-dasharray: 5 4; }
        .f0 { fill: var(--c0); } .f1 { fill: var(--c1); } .f2 { fill: var(--c2); } .f3 { fill: var(--c3); }
        .s0 { stroke: var(--c0); } .s1 { stroke: var(--c1); } .s2 { stroke: var(--c2); } .s3 { stroke: var(--c3); }
        polyline { fill: none; stroke-width: 2; }
        </style>
        <text class="title" x="12" y="20">{{SecurityElement.Escape(title)}}</text>
        {{_shapes}}</svg>

        """;

    private void Add(FormattableString shape) => _shapes.Append(shape.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
