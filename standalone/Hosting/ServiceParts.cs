using Microsoft.AspNetCore.DataProtection;
using Orchestrator.Api;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Upstream;
using Orchestrator.Journals;
using Orchestrator.Standalone.Gateways;
using Orchestrator.Standalone.Secrets;
using Orchestrator.Standalone.Settings;
using Orchestrator.Telemetry;

namespace Orchestrator.Standalone.Hosting;

/// <summary>What every process of the service opens before its web application is made, whatever hosts its runs; disposed after it.</summary>
internal sealed class ServiceParts : IAsyncDisposable
{
    private readonly IConfiguration _settings;
    private readonly ILoggerFactory _logs;

    private ServiceParts(
        IConfiguration settings, DataDirectory data, ServiceTelemetry telemetry, ILoggerFactory logs, OpenedJournal journal, Upstream upstream) =>
        (_settings, Data, Telemetry, _logs, Journal, Upstream) = (settings, data, telemetry, logs, journal, upstream);

    public DataDirectory Data { get; }

    public ServiceTelemetry Telemetry { get; }

    public OpenedJournal Journal { get; }

    public Upstream Upstream { get; }

    /// <exception cref="SettingsException">A setting can not be followed.</exception>
    public static async Task<ServiceParts> OpenAsync(IConfiguration settings)
    {
        var data = DataDirectory.Open(settings["Data:Directory"]);
        var telemetry = ServiceTelemetry.Start(settings);
        var logs = LoggerFactory.Create(logging => LogSetup.Configure(logging, settings, telemetry));
        var journal = await JournalSetup.OpenAsync(settings, data, TimeProvider.System, logs.CreateLogger<RunJournal>());
        var upstream = await Upstream.ConnectAsync(
            GatewaySettingsRules.Read(settings.GetSection("Gateway")),
            UpstreamSettings.Read(settings.GetSection("Upstreams")),
            settings.GetSection("Emulator"),
            TimeProvider.System);
        return new ServiceParts(settings, data, telemetry, logs, journal, upstream);
    }

    /// <summary>To be called before what hosts the runs.</summary>
    /// <returns>Where the key ring is to be kept is the caller's to say.</returns>
    public IDataProtectionBuilder AddTo(WebApplicationBuilder builder)
    {
        LogSetup.Configure(builder.Logging, _settings, Telemetry);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IRunJournal>(Journal.Journal);
        builder.Services.AddSingleton<IGateway>(Upstream.Gateway);
        builder.Services.AddSingleton<ITransports>(Upstream.Gateway);
        builder.Services.AddSingleton<ISecretSeal, DataProtectionSeal>();
        builder.Services.AddSingleton(new HostFacts(Journal.Description, Upstream.Description));
        return builder.Services.AddDataProtection().SetApplicationName("Orchestrator");
    }

    public async ValueTask DisposeAsync()
    {
        await Journal.Journal.DisposeAsync();
        await Upstream.DisposeAsync();
        _logs.Dispose();
        Telemetry.Dispose();
    }
}
