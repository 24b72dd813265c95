using Orchestrator.Api;
using Orchestrator.Grains.Hosting;
using Orchestrator.Silo.Settings;
using Orchestrator.Silo.Storage;
using Orchestrator.Standalone.Hosting;
using Orchestrator.Standalone.Settings;
using Orchestrator.Standalone.Webhooks;

namespace Orchestrator.Silo.Hosting;

/// <summary>A node of the cluster: API, dashboard, engine, and its share of the runs.</summary>
internal static class SiloApp
{
    /// <summary>Runs that leave, readers that are let go, and Orleans' own good-byes.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <exception cref="SettingsException">A setting can not be followed.</exception>
    public static async Task<ServiceApp> BuildAsync(string[] args)
    {
        var builder = ServiceApp.CreateBuilder(args, ShutdownTimeout);
        var settings = builder.Configuration;
        var cluster = ClusterSettings.Read(settings);
        var parts = await ServiceParts.OpenAsync(settings);
        var storage = ClusterStorages.Open(cluster, parts.Data);
        await storage.PrepareAsync(CancellationToken.None);

        storage.KeepKeys(parts.AddTo(builder));
        builder.UseCluster(cluster, storage, EngineSetup.ReadOptions(settings, parts.Telemetry));
        builder.Services.AddHostedService<DrainHost>();
        builder.Services.AddRecount(provider => provider.GetRequiredService<ClusterRuns>().RecountAsync);
        builder.Services.AddRetention(provider => provider.GetRequiredService<ClusterRuns>().ExpireAsync);
        builder.Services.AddSingleton(provider => provider.GetRequiredService<ClusterRuns>().Operations);
        builder.Services.AddSingleton<IReadiness, SiloReadiness>();
        builder.Services.AddSingleton<IHosts, SiloHosts>();
        builder.Services.AddWebhooks<ClusterRuns>(settings, parts.Data.FullPath);
        return ServiceApp.Build(
            builder, parts, $"cluster: {storage.Description}", $"silo {cluster.Name} at {cluster.Address}:{cluster.SiloPort}");
    }
}
