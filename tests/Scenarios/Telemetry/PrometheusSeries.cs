namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>What metrics and attributes are called once they are in Prometheus. Source: OpenTelemetry, "Prometheus and OpenMetrics Compatibility".</summary>
internal static class PrometheusSeries
{
    /// <param name="metric">Its name.</param>
    /// <param name="unit">Of the metric.</param>
    /// <param name="kind">Counter or Histogram; else it goes up and down.</param>
    public static IReadOnlyList<string> Of(string metric, string? unit, string kind)
    {
        var name = Label(metric) + unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return kind switch
        {
            "Counter" => [$"{name}_total"],
            "Histogram" => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            _ => [name],
        };
    }

    public static string Label(string attribute) => attribute.Replace('.', '_');
}
