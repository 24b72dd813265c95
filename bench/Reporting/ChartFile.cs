using System.Text.Json.Serialization;

namespace Orchestrator.Bench.Reporting;

/// <param name="File">Its name beside the section's JSON.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Svg">The drawing; not part of the JSON.</param>
internal sealed record ChartFile(string File, string Caption, [property: JsonIgnore] string Svg = "");
