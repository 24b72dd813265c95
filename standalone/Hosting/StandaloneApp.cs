using Microsoft.AspNetCore.DataProtection;
using Orchestrator.Standalone.Settings;
using Orchestrator.Standalone.Webhooks;

namespace Orchestrator.Standalone.Hosting;

/// <summary>The whole service in one process: API, engine, journal, and the emulator where no gateway is configured.</summary>
internal static class StandaloneApp
{
    /// <summary>Of the ten seconds that a stop may take.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <exception cref="SettingsException">A setting can not be followed.</exception>
    public static async Task<ServiceApp> BuildAsync(string[] args)
    {
        var builder = ServiceApp.CreateBuilder(args, ShutdownTimeout);
        var parts = await ServiceParts.OpenAsync(builder.Configuration);
        parts.AddTo(builder).PersistKeysToFileSystem(new DirectoryInfo(parts.Data.Keys));
        builder.Services.AddEngine(builder.Configuration, parts.Telemetry);
        builder.Services.AddWebhooks(builder.Configuration, parts.Data.FullPath);
        return ServiceApp.Build(builder, parts);
    }
}
