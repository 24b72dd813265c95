using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Orchestrator.Api;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Upstream;
using Orchestrator.Journals;
using Orchestrator.Standalone.Gateways;
using Orchestrator.Standalone.Secrets;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Standalone.Hosting;

/// <summary>The whole service in one process: API, engine, SQLite journal, and the emulator where no gateway is configured.</summary>
internal static class StandaloneApp
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <exception cref="SettingsException">A setting can not be followed.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = builder.Configuration;
        var data = DataDirectory.Open(settings["Data:Directory"]);
        var clock = TimeProvider.System;
        LogSetup.Configure(builder.Logging, settings);
        builder.WebHost.UseUrls(settings["Urls"] ?? DefaultUrl);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));

        var upstream = await Upstream.ConnectAsync(
            settings.GetSection("Gateway").Get<GatewaySettings>() ?? new GatewaySettings(), settings.GetSection("Emulator"), clock);
        var logs = LoggerFactory.Create(logging => LogSetup.Configure(logging, settings));
        var journal = await JournalSetup.OpenAsync(settings, data, clock, logs.CreateLogger<RunJournal>());

        builder.Services.AddSingleton(clock);

        // Made by factories, so that the container disposes them, after the runs have let go.
                builder.Services.AddSingleton(_ => journal);
        builder.Services.AddSingleton<IRunJournal>(provider => provider.GetRequiredService<RunJournal>());
        builder.Services.AddSingleton(_ => upstream);
        builder.Services.AddSingleton(upstream.Gateway);
        builder.Services.AddDataProtection().SetApplicationName("Orchestrator").PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        builder.Services.AddEngine(settings);
        builder.Services.AddOrchestratorApi(settings);

        var app = builder.Build();
        app.MapOrchestratorApi();
        app.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(
            $"Orchestrator listens on {string.Join(", ", Addresses(app))} | gateway: {upstream.Description} | journal: SQLite in {data.FullPath}"));
        return app;
    }

    private static ICollection<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
}
