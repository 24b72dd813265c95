using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Telemetry;

/// <summary>
/// The service's spans, metrics and logs on their way to a collector, over OTLP. Made before anything that it observes, and disposed after
/// it: what is on its way then is still sent. Without a collector it is nothing.
/// </summary>
public sealed class ServiceTelemetry : IDisposable
{
    private const string ServiceName = "orchestrator";

    private readonly IConfiguration _settings;
    private readonly TelemetrySettings _on;
    private readonly ResourceBuilder _resource;
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private ServiceTelemetry(IConfiguration settings, TelemetrySettings on)
    {
        _settings = settings;
        _on = on;

        // What the settings name comes last: it goes before what is told here.
        _resource = ResourceBuilder.CreateEmpty().AddService(ServiceName, serviceVersion: Version).AddTelemetrySdk().AddEnvironmentVariableDetector();
        _traces = on.Traces ? BuildTraces() : null;
        _metrics = on.Metrics ? BuildMetrics() : null;
    }

    /// <summary>Whether spans show prompts and answers.</summary>
    public bool ShowsContent => _on.Content;

    private static string Version => typeof(ServiceTelemetry).Assembly.GetName().Version!.ToString(3);

    /// <exception cref="TelemetrySettingsException">A setting can not be followed.</exception>
    public static ServiceTelemetry Start(IConfiguration settings) => new(settings, TelemetrySettings.Read(settings));

    /// <summary>Sends what is logged, with the trace and span that it was logged in.</summary>
    public void Configure(ILoggingBuilder logging)
    {
        if (_on.Logs)
        {
            logging.AddOpenTelemetry(options =>
            {
                options.IncludeFormattedMessage = true;
                options.SetResourceBuilder(_resource).AddOtlpExporter(SignalSettings.Of(_settings, "LOGS"));
            });
        }
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private TracerProvider BuildTraces() => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(_settings))
        .SetResourceBuilder(_resource)
        .AddSource(EngineTelemetry.SourceName)
        .AddAspNetCoreInstrumentation()
        .AddOtlpExporter(SignalSettings.Of(_settings, "TRACES"))
        .Build();

    private MeterProvider BuildMetrics()
    {
        var metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(_settings))
            .SetResourceBuilder(_resource)
            .AddMeter(EngineTelemetry.MeterName, "Orchestrator.Journals", "System.Runtime")
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter(SignalSettings.Of(_settings, "METRICS"));
        if (!_on.NamesExemplars)
        {
            // The specification's default, which the SDK does not have.
            metrics.SetExemplarFilter(ExemplarFilterType.TraceBased);
        }

        return metrics.Build();
    }
}
