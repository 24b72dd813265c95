using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Orchestrator.Api;
using Orchestrator.Dashboard;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Upstream;
using Orchestrator.Journals;
using Orchestrator.Standalone.Gateways;
using Orchestrator.Standalone.Settings;
using Orchestrator.Standalone.Webhooks;
using Orchestrator.Telemetry;

namespace Orchestrator.Standalone.Hosting;

/// <summary>The whole service in one process: API, engine, journal, and the emulator where no gateway is configured.</summary>
internal sealed class StandaloneApp : IAsyncDisposable
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Of the ten seconds that a stop may take.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    private readonly WebApplication _web;
    private readonly RunJournal _journal;
    private readonly Upstream _upstream;
    private readonly ILoggerFactory _logs;
    private readonly ServiceTelemetry _telemetry;

    private StandaloneApp(WebApplication web, RunJournal journal, Upstream upstream, ILoggerFactory logs, ServiceTelemetry telemetry)
    {
        _web = web;
        _journal = journal;
        _upstream = upstream;
        _logs = logs;
        _telemetry = telemetry;
    }

    /// <exception cref="SettingsException">A setting can not be followed.</exception>
    public static async Task<StandaloneApp> BuildAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = builder.Configuration;
        var data = DataDirectory.Open(settings["Data:Directory"]);
        var clock = TimeProvider.System;
        var telemetry = ServiceTelemetry.Start(settings);
        var logs = LoggerFactory.Create(logging => LogSetup.Configure(logging, settings, telemetry));
        var journal = await JournalSetup.OpenAsync(settings, data, clock, logs.CreateLogger<RunJournal>());
        var upstream = await Upstream.ConnectAsync(
            GatewaySettingsRules.Read(settings.GetSection("Gateway")),
            UpstreamSettings.Read(settings.GetSection("Upstreams")),
            settings.GetSection("Emulator"),
            clock);

        LogSetup.Configure(builder.Logging, settings, telemetry);
        builder.WebHost.UseUrls(settings["Urls"] ?? DefaultUrl);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddDataProtection().SetApplicationName("Orchestrator").PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<IRunJournal>(journal.Journal);
        builder.Services.AddSingleton<IGateway>(upstream.Gateway);
        builder.Services.AddSingleton<ITransports>(upstream.Gateway);
        builder.Services.AddEngine(settings, telemetry);
        builder.Services.AddWebhooks(settings, data.FullPath);
        builder.Services.AddSingleton(new HostFacts(journal.Description, upstream.Description));
        builder.Services.AddOrchestratorApi(settings);

        var web = builder.Build();
        web.MapOrchestratorApi();
        web.MapDashboard();
        web.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(
            $"Orchestrator listens on {string.Join(", ", Addresses(web))} | gateway: {upstream.Description} | journal: {journal.Description}"));
        return new StandaloneApp(web, journal.Journal, upstream, logs, telemetry);
    }

    /// <summary>Until the process is asked to stop.</summary>
    public Task RunAsync() => _web.RunAsync();

    /// <summary>The runs have let go of the journal by the time the host has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _journal.DisposeAsync();
        await _upstream.DisposeAsync();
        _logs.Dispose();
        _telemetry.Dispose();
    }

    private static ICollection<string> Addresses(WebApplication web) =>
        web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
}
