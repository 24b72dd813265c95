using Microsoft.Extensions.Configuration;

namespace Orchestrator.Telemetry;

/// <summary>
/// What of the standard <c>OTEL_*</c> settings the service itself decides on; the SDK reads the rest (endpoint, headers, protocol,
/// sampler, intervals, limits). They may stand wherever settings do. Source: OpenTelemetry, "Environment Variable Specification".
/// </summary>
internal sealed record TelemetrySettings
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public bool Traces { get; private init; }

    public bool Metrics { get; private init; }

    public bool Logs { get; private init; }

    public bool Any => Traces || Metrics || Logs;

    /// <summary>Whether spans show prompts and answers.</summary>
    public bool Content { get; private init; }

    /// <exception cref="TelemetrySettingsException">A setting names what there is not.</exception>
    public static TelemetrySettings Read(IConfiguration settings) => new()
    {
        Traces = IsOn(settings, "TRACES"),
        Metrics = IsOn(settings, "METRICS"),
        Logs = IsOn(settings, "LOGS"),
        Content = IsTrue(settings, "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"),
    };

    /// <summary>
    /// A signal is exported where somebody is said to listen: the specification's default, a collector on this machine, would have every
    /// service without one knock at a closed door.
    /// </summary>
    private static bool IsOn(IConfiguration settings, string signal)
    {
        var exporter = settings[$"OTEL_{signal}_EXPORTER"];
        if (exporter is not (null or "" or "otlp" or "none"))
        {
            throw new TelemetrySettingsException($"OTEL_{signal}_EXPORTER is '{exporter}': give otlp or none.");
        }

        var hasEndpoint = HasEndpoint(settings, Endpoint) | HasEndpoint(settings, $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT");
        return !IsTrue(settings, "OTEL_SDK_DISABLED") && exporter != "none" && (hasEndpoint || exporter == "otlp");
    }

    /// <summary>The SDK passes over a URL that it can not read, and sends to this machine instead.</summary>
    private static bool HasEndpoint(IConfiguration settings, string name) => settings[name] switch
    {
        null or "" => false,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") => true,
        var text => throw new TelemetrySettingsException($"{name} is '{text}': give an http or https URL."),
    };

    /// <summary>The specification takes nothing but the word itself for true.</summary>
    private static bool IsTrue(IConfiguration settings, string name) => "true".Equals(settings[name], StringComparison.OrdinalIgnoreCase);
}
