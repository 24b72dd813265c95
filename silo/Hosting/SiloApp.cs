using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Orchestrator.Api;
using Orchestrator.Dashboard;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Upstream;
using Orchestrator.Grains.Hosting;
using Orchestrator.Journals;
using Orchestrator.Silo.Settings;
using Orchestrator.Silo.Storage;
using Orchestrator.Standalone.Gateways;
using Orchestrator.Standalone.Hosting;
using Orchestrator.Standalone.Secrets;
using Orchestrator.Standalone.Settings;
using Orchestrator.Standalone.Webhooks;
using Orchestrator.Telemetry;

namespace Orchestrator.Silo.Hosting;

/// <summary>A node of the cluster: API, dashboard, engine, and its share of the runs.</summary>
internal sealed class SiloApp : IAsyncDisposable
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Runs that leave, readers that are let go, and Orleans' own good-byes.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    private readonly WebApplication _web;
    private readonly RunJournal _journal;
    private readonly Upstream _upstream;
    private readonly ILoggerFactory _logs;
    private readonly ServiceTelemetry _telemetry;

    private SiloApp(WebApplication web, RunJournal journal, Upstream upstream, ILoggerFactory logs, ServiceTelemetry telemetry)
    {
        _web = web;
        _journal = journal;
        _upstream = upstream;
        _logs = logs;
        _telemetry = telemetry;
    }

    /// <exception cref="SettingsException">A setting can not be followed.</exception>
    public static async Task<SiloApp> BuildAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = builder.Configuration;
        var cluster = ClusterSettings.Read(settings);
        var data = DataDirectory.Open(settings["Data:Directory"]);
        var clock = TimeProvider.System;
        var telemetry = ServiceTelemetry.Start(settings);
        var logs = LoggerFactory.Create(logging => LogSetup.Configure(logging, settings, telemetry));
        var opened = await JournalSetup.OpenAsync(settings, data, clock, logs.CreateLogger<RunJournal>());
        var storage = ClusterStorages.Open(cluster, data);
        await storage.PrepareAsync(CancellationToken.None);
        var upstream = await Upstream.ConnectAsync(
            GatewaySettingsRules.Read(settings.GetSection("Gateway")),
            UpstreamSettings.Read(settings.GetSection("Upstreams")),
            settings.GetSection("Emulator"),
            clock);

        LogSetup.Configure(builder.Logging, settings, telemetry);
        builder.WebHost.UseUrls(settings["Urls"] ?? DefaultUrl);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        storage.KeepKeys(builder.Services.AddDataProtection().SetApplicationName("Orchestrator"));
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<IRunJournal>(opened.Journal);
        builder.Services.AddSingleton<IGateway>(upstream.Gateway);
        builder.Services.AddSingleton<ITransports>(upstream.Gateway);
        builder.Services.AddSingleton<ISecretSeal, DataProtectionSeal>();
        builder.UseCluster(cluster, storage, EngineSetup.ReadOptions(settings, telemetry));
        builder.Services.AddHostedService<DrainHost>();
        builder.Services.AddRetention(provider => provider.GetRequiredService<ClusterRuns>().ExpireAsync);
        builder.Services.AddSingleton(provider => provider.GetRequiredService<ClusterRuns>().Operations);
        builder.Services.AddSingleton<IReadiness, SiloReadiness>();
        builder.Services.AddWebhooks<ClusterRuns>(settings, data.FullPath);
        builder.Services.AddSingleton(new HostFacts(opened.Description, upstream.Description));
        builder.Services.AddOrchestratorApi(settings);

        var web = builder.Build();
        web.MapOrchestratorApi();
        web.MapDashboard();
        web.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(
            $"Orchestrator listens on {string.Join(", ", Addresses(web))} | silo {cluster.Name} at {cluster.Address}:{cluster.SiloPort} "
            + $"| gateway: {upstream.Description} | journal: {opened.Description} | cluster: {storage.Description}"));
        return new SiloApp(web, opened.Journal, upstream, logs, telemetry);
    }

    /// <summary>Until the process is asked to stop.</summary>
    public Task RunAsync() => _web.RunAsync();

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
