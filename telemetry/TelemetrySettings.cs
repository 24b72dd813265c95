using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Orchestrator.Telemetry;

/// <summary>
/// What of the standard <c>OTEL_*</c> settings the service itself decides on; the SDK reads the rest (headers, certificates, limits). They
/// may stand wherever settings do. The SDK passes over a value that it does not know; here it is told at the start. Source: OpenTelemetry,
/// "Environment Variable Specification".
/// </summary>
internal sealed record TelemetrySettings
{
    private const string Exporter = "OTEL_EXPORTER_OTLP_";
    private const string ExemplarFilter = "OTEL_METRICS_EXEMPLAR_FILTER";
    private const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";

    private static readonly string[] Signals = ["TRACES", "METRICS", "LOGS"];

    private static readonly string[] Samplers =
        ["always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"];

    public bool Traces { get; private init; }

    public bool Metrics { get; private init; }

    public bool Logs { get; private init; }

    /// <summary>Whether spans show prompts and answers.</summary>
    public bool Content { get; private init; }

    /// <summary>Whether it is said which measurements lead to spans; else those of sampled spans do.</summary>
    public bool NamesExemplars { get; private init; }

    /// <exception cref="TelemetrySettingsException">A setting names what there is not.</exception>
    public static TelemetrySettings Read(IConfiguration settings)
    {
        var read = new TelemetrySettings
        {
            Traces = IsOn(settings, "TRACES"),
            Metrics = IsOn(settings, "METRICS"),
            Logs = IsOn(settings, "LOGS"),
            Content = IsTrue(settings, "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"),
            NamesExemplars = settings[ExemplarFilter] is { Length: > 0 },
        };
        if (read.Traces || read.Metrics || read.Logs)
        {
            Check(settings);
        }

        return read;
    }

    /// <summary>
    /// A signal is exported where somebody is said to listen: the specification's default, a collector on this machine, would have every
    /// service without one knock at a closed door.
    /// </summary>
    private static bool IsOn(IConfiguration settings, string signal)
    {
        Choose(settings, $"OTEL_{signal}_EXPORTER", "otlp", "none");
        var exporter = settings[$"OTEL_{signal}_EXPORTER"]?.ToUpperInvariant();
        var hasEndpoint = HasEndpoint(settings, $"{Exporter}ENDPOINT") | HasEndpoint(settings, $"{Exporter}{signal}_ENDPOINT");
        return !IsTrue(settings, "OTEL_SDK_DISABLED") && exporter != "NONE" && (hasEndpoint || exporter == "OTLP");
    }

    private static void Check(IConfiguration settings)
    {
        foreach (var of in Signals.Select(static signal => $"{Exporter}{signal}_").Prepend(Exporter))
        {
            Choose(settings, $"{of}PROTOCOL", "grpc", "http/protobuf");
            Choose(settings, $"{of}COMPRESSION", "none", "gzip");
            Count(settings, $"{of}TIMEOUT", 10_000);
        }

        Choose(settings, "OTEL_TRACES_SAMPLER", Samplers);
        Choose(settings, ExemplarFilter, "trace_based", "always_on", "always_off");
        if (settings[SamplerArgument] is { Length: > 0 } share
            && !(double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1))
        {
            throw new TelemetrySettingsException($"{SamplerArgument} is '{share}': give a share of the traces, from 0 to 1.");
        }

        Count(settings, "OTEL_METRIC_EXPORT_INTERVAL", 60_000);
        Count(settings, "OTEL_METRIC_EXPORT_TIMEOUT", 30_000);
        foreach (var of in new[] { "OTEL_BSP_", "OTEL_BLRP_" })
        {
            Count(settings, $"{of}SCHEDULE_DELAY", 5_000);
            Count(settings, $"{of}EXPORT_TIMEOUT", 30_000);
            var queue = Count(settings, $"{of}MAX_QUEUE_SIZE", 2_048);
            var batch = Count(settings, $"{of}MAX_EXPORT_BATCH_SIZE", 512);
            if (batch > queue)
            {
                throw new TelemetrySettingsException($"{of}MAX_EXPORT_BATCH_SIZE is {batch}: give at most {of}MAX_QUEUE_SIZE, {queue}.");
            }
        }
    }

    /// <summary>An empty value is as good as none.</summary>
    private static void Choose(IConfiguration settings, string name, params string[] values)
    {
        if (settings[name] is { Length: > 0 } value && !values.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            throw new TelemetrySettingsException($"{name} is '{value}': give {string.Join(", ", values[..^1])} or {values[^1]}.");
        }
    }

    private static int Count(IConfiguration settings, string name, int otherwise) => settings[name] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => count,
        var text => throw new TelemetrySettingsException($"{name} is '{text}': give a whole number above 0."),
    };

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
