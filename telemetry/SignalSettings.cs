using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace Orchestrator.Telemetry;

/// <summary>
/// The settings of one signal, <c>OTEL_EXPORTER_OTLP_{signal}_…</c>: they go before those of all signals, which are all that an exporter
/// reads by itself. Source: OpenTelemetry, "OpenTelemetry Protocol Exporter".
/// </summary>
internal static class SignalSettings
{
    /// <param name="settings">Checked: see <see cref="TelemetrySettings"/>.</param>
    /// <param name="signal"><c>TRACES</c>, <c>METRICS</c> or <c>LOGS</c>.</param>
    public static Action<OtlpExporterOptions> Of(IConfiguration settings, string signal) => options =>
    {
        if (Value("ENDPOINT") is { } endpoint)
        {
            // As it is: unlike that of all signals, which gets the signal's path.
            options.Endpoint = new Uri(endpoint);
        }

        if (Value("PROTOCOL") is { } protocol)
        {
            options.Protocol = protocol.Equals("grpc", StringComparison.OrdinalIgnoreCase) ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        }

        if (Value("COMPRESSION") is { } compression)
        {
            options.Compression = compression.Equals("gzip", StringComparison.OrdinalIgnoreCase) ? OtlpExportCompression.GZip : OtlpExportCompression.None;
        }

        options.Headers = Value("HEADERS") ?? options.Headers;
        options.TimeoutMilliseconds = Value("TIMEOUT") is { } timeout ? int.Parse(timeout, CultureInfo.InvariantCulture) : options.TimeoutMilliseconds;

        string? Value(string name) => settings[$"OTEL_EXPORTER_OTLP_{signal}_{name}"] is { Length: > 0 } value ? value : null;
    };
}
