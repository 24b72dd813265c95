using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Webhooks;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Standalone.Webhooks;

public static class WebhookServices
{
    /// <summary>
    /// Completion webhooks: registers <see cref="IRuns"/> as <see cref="WebhookRuns"/> around the <see cref="EmbeddedRuns"/>, which, like
    /// <see cref="TimeProvider"/>, is registered by the caller. To be called after whatever else registers <see cref="IRuns"/>.
    /// </summary>
    /// <param name="configuration">The whole configuration; the section <c>Webhooks</c> is read of it.</param>
    /// <param name="dataDirectory">What is owed is kept in <c>webhooks</c> under it.</param>
    /// <exception cref="SettingsException">A setting can not be followed.</exception>
    public static IServiceCollection AddWebhooks(
        this IServiceCollection services, IConfiguration configuration, string dataDirectory) =>
        services.AddWebhooks<EmbeddedRuns>(configuration, dataDirectory);

    /// <typeparam name="TRuns">The service that the runs are registered as.</typeparam>
    internal static IServiceCollection AddWebhooks<TRuns>(
        this IServiceCollection services, IConfiguration configuration, string dataDirectory)
        where TRuns : class, IRuns
    {
        var options = WebhookOptions.Read(configuration);
        var directory = Path.Combine(dataDirectory, "webhooks");
        services.AddSingleton<IWebhookOutbox>(provider => FileWebhookOutbox.Open(
            directory,
            options.RememberFor,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FileWebhookOutbox>>()));
        services.TryAddSingleton(_ => new Jitter(new Random()));
        services.AddSingleton(_ => new WebhookInvoker(WebhookHttp.CreateHandler(options.AllowPrivateNetworks)));
        services.AddSingleton(provider => new WebhookDispatcher(
            provider.GetRequiredService<TRuns>(),
            provider.GetRequiredService<IWebhookOutbox>(),
            new WebhookSender(
                provider.GetRequiredService<WebhookInvoker>(),
                options.ToSigner(),
                options.Timeout,
                provider.GetRequiredService<TimeProvider>()),
            options.ToSchedule(),
            options.ToLimits(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Jitter>(),
            provider.GetRequiredService<ILogger<WebhookDispatcher>>()));
        services.AddSingleton<IRuns>(provider => new WebhookRuns(
            provider.GetRequiredService<TRuns>(),
            provider.GetRequiredService<IWebhookOutbox>(),
            provider.GetRequiredService<WebhookDispatcher>()));
        services.AddHostedService<WebhooksHost>();
        return services;
    }
}
