using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orchestrator.Emulator.Http;
using Orchestrator.Emulator.Logs;
using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Streaming;

namespace Orchestrator.Emulator;

/// <summary>Adds the emulated AI Gateway to an application's services.</summary>
public static class EmulatorServices
{
    /// <summary>
    /// Adds what <see cref="EmulatorEndpoints.MapAiGatewayEmulator"/> needs. The clock is the <see cref="TimeProvider"/> among the
    /// services, the system's unless one is registered. Options are checked at start.
    /// </summary>
    public static IServiceCollection AddAiGatewayEmulator(this IServiceCollection services, Action<EmulatorOptions>? configure = null)
    {
        var options = services.AddOptions<EmulatorOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddSingleton<IValidateOptions<EmulatorOptions>, EmulatorOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<FaultTable>();
        services.AddSingleton<SettingsSource>();
        services.AddSingleton<RunIds>();
        services.AddSingleton<RunStore>();
        services.AddSingleton<LogStore>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<Occasions>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<Ticker>();
        services.AddSingleton<RunStreamer>();
        services.AddSingleton<OutcomeWriter>();
        services.AddSingleton<GatewayRetries>();
        services.AddSingleton<BearerFilter>();
        services.AddSingleton<RunEndpoint>();
        services.AddSingleton<ResumeEndpoint>();
        services.AddSingleton<UniversalEndpoint>();
        services.AddSingleton<RestEndpoints>();
        services.AddSingleton<ProviderEndpoint>();
        services.AddSingleton<LogEndpoints>();
        services.AddSingleton<ControlEndpoints>();
        return services;
    }
}
