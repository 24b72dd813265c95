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

    /// <summary>ASP.NET's spans carry the attributes of the HTTP conventions only where this is false.</summary>
    private const string BareHttpSpans = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    private readonly IConfiguration _settings;
    private readonly TelemetrySettings _on;
    private readonly ResourceBuilder _resource;
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private ServiceTelemetry(IConfiguration settings, TelemetrySettings on)
    {
        _settings = settings;
        _on = on;
        _resource = ResourceBuilder.CreateDefault().AddService(ServiceName, serviceVersion: Version);
        if (settings["OTEL_SERVICE_NAME"] is { Length: > 0 } name)
        {
            _resource.AddService(name, serviceVersion: Version, autoGenerateServiceInstanceId: true);
        }

        _traces = on.Traces ? BuildTraces() : null;
        _metrics = on.Metrics ? BuildMetrics() : null;
    }

    /// <summary>Whether spans show prompts and answers.</summary>
    public bool ShowsContent => _on.Content;

    private static string Version => typeof(ServiceTelemetry).Assembly.GetName().Version!.ToString(3);

    /// <exception cref="TelemetrySettingsException">A setting can not be followed.</exception>
    public static ServiceTelemetry Start(IConfiguration settings)
    {
        var on = TelemetrySettings.Read(settings);
        if (on.Traces)
        {
            AppContext.SetSwitch(BareHttpSpans, false);
        }

        return new ServiceTelemetry(settings, on);
    }

    /// <summary>Sends what is logged, with the trace and span that it was logged in.</summary>
    public void Configure(ILoggingBuilder logging)
    {
        if (_on.Logs)
        {
            logging.AddOpenTelemetry(options =>
            {
                options.IncludeFormattedMessage = true;
                options.SetResourceBuilder(_resource).AddOtlpExporter();
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
        .AddSource(EngineTelemetry.SourceName, "Microsoft.AspNetCore")
        .AddOtlpExporter()
        .Build();

    private MeterProvider BuildMetrics() => Sdk.CreateMeterProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(_settings))
        .SetResourceBuilder(_resource)
        .AddMeter(EngineTelemetry.MeterName, "Orchestrator.Journals", "System.Runtime")
        .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
        .SetExemplarFilter(ExemplarFilterType.TraceBased)
        .AddOtlpExporter()
        .Build();
}
