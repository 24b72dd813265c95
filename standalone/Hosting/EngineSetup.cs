using Orchestrator.Api;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Upstream;
using Orchestrator.Standalone.Settings;
using Orchestrator.Telemetry;

namespace Orchestrator.Standalone.Hosting;

internal static class EngineSetup
{
    public static void AddEngine(this IServiceCollection services, IConfiguration settings, ServiceTelemetry telemetry)
    {
        var options = ReadOptions(settings, telemetry);
        services.AddSingleton(options);
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
        services.AddRecount(provider => provider.GetRequiredService<EmbeddedRuns>().RecountAsync);
        services.AddRetention(provider => provider.GetRequiredService<EmbeddedRuns>().ExpireAsync);
    }

    /// <exception cref="SettingsException">A setting can not be followed.</exception>
    public static EngineOptions ReadOptions(IConfiguration settings, ServiceTelemetry telemetry)
    {
        var options = new EngineOptions();
        settings.GetSection("Engine").Bind(options);
        options.Retention = Retention(settings);
        options.Prices = PriceSettings.Read(settings.GetSection("Prices"));
        options.TraceContent |= telemetry.ShowsContent;
        LimitSettings.Read(settings.GetSection("Limits"), options.Limits);
        return options;
    }

    /// <param name="services">What the host has.</param>
    /// <param name="recount">Counts for the statistics what runs did before this start.</param>
    public static void AddRecount(this IServiceCollection services, Func<IServiceProvider, Func<CancellationToken, Task>> recount) =>
        services.AddHostedService(provider => new RecountHost(recount(provider), provider.GetRequiredService<ILogger<RecountHost>>()));

    /// <param name="services">What the host has.</param>
    /// <param name="expire">Removes what is older than the retention; answers how many.</param>
    public static void AddRetention(this IServiceCollection services, Func<IServiceProvider, Func<CancellationToken, Task<int>>> expire) =>
        services.AddHostedService(provider => new RetentionHost(
            expire(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RetentionHost>>()));

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
