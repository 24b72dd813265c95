using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orchestrator.Engine.Telemetry;

/// <summary>The names under which the engine's spans and metrics are asked for. What each means: <c>docs/operations.md</c>.</summary>
public static class EngineTelemetry
{
    public const string SourceName = "Orchestrator";

    public const string MeterName = "Orchestrator";

    internal static readonly ActivitySource Source = new(SourceName);

    internal static readonly Meter Meter = new(MeterName);
}
