using Orchestrator.Api;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Upstream;
using Orchestrator.Standalone.Secrets;
using Orchestrator.Standalone.Settings;
using Orchestrator.Telemetry;

namespace Orchestrator.Standalone.Hosting;

internal static class EngineSetup
{
    public static void AddEngine(this IServiceCollection services, IConfiguration settings, ServiceTelemetry telemetry)
    {
        var options = new EngineOptions();
        settings.GetSection("Engine").Bind(options);
        options.Retention = Retention(settings);
        options.TraceContent |= telemetry.ShowsContent;
        LimitSettings.Read(settings.GetSection("Limits"), options.Limits);
        services.AddSingleton(options);
        services.AddSingleton<ISecretSeal, DataProtectionSeal>();
        services.AddSingleton(provider => new EmbeddedRuns(
            provider.GetRequiredService<IRunJournal>(),
            provider.GetRequiredService<IGateway>(),
            provider.GetRequiredService<ISecretSeal>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            new Random(),
            provider.GetRequiredService<ILogger<EmbeddedRuns>>()));
        services.AddSingleton(static provider => provider.GetRequiredService<EmbeddedRuns>().Operations);
        services.AddSingleton<IReadiness, JournalReadiness>();
        services.AddHostedService<RunsHost>();
        services.AddHostedService<RetentionHost>();
    }

    private static TimeSpan? Retention(IConfiguration settings)
    {
        var text = settings["Retention:Days"];
        if (text is null)
        {
            return TimeSpan.FromDays(30);
        }

        return double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var days) && days is > 0 and < 36_500
            ? TimeSpan.FromDays(days)
            : throw new SettingsException($"Retention:Days is '{text}': give a number of days above 0.");
    }
}
