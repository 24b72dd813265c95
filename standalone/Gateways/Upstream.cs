using Orchestrator.Emulator;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Standalone.Gateways;

/// <summary>The gateway that the settings name; where they name none, an emulator in this process.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly EmulatorHost? _emulator;
    private readonly HttpMessageInvoker _http;

    private Upstream(AiGatewayUpstream gateway, string description, HttpMessageInvoker http, EmulatorHost? emulator)
    {
        Gateway = gateway;
        Description = description;
        _http = http;
        _emulator = emulator;
    }

    public AiGatewayUpstream Gateway { get; }

    /// <summary>For the line that the service starts with.</summary>
    public string Description { get; }

    /// <exception cref="SettingsException">The settings can not be followed.</exception>
    public static async Task<Upstream> ConnectAsync(GatewaySettings settings, IConfiguration emulatorSettings, TimeProvider clock)
    {
        var emulator = settings is { BridgeUrl: null, AccountId: null } ? await EmulatorHost.StartAsync(Options(emulatorSettings)) : null;
        var http = new HttpMessageInvoker(BridgeHttp.CreateHandler());
        var options = Options(settings, emulator?.Address, clock);
        try
        {
            var gateway = new AiGatewayUpstream(
                new AiGateway(http, options),
                settings.Id,
                options.RunPathResume,
                [.. new[] { settings.BridgeSecret, settings.ApiToken }.OfType<string>()]);
            return new Upstream(gateway, Describe(options, emulator), http, emulator);
        }
        catch (ArgumentException problem)
        {
            throw new SettingsException($"The section Gateway can not be followed: {problem.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    /// <summary>The emulator has all surfaces of the gateway; over the bridge's, which it is asked on, both paths can be had, and resume.</summary>
    private static AiGatewayOptions Options(GatewaySettings settings, Uri? emulator, TimeProvider clock) => new()
    {
        Bridge = (settings.BridgeUrl ?? emulator) is { } url ? new BridgeOptions { Url = url, Secret = settings.BridgeSecret } : null,
        Account = settings.AccountId is { } account
            ? new AccountOptions
            {
                AccountId = account,
                ApiToken = settings.ApiToken,
                ApiUrl = settings.ApiUrl ?? AccountOptions.CloudflareApi,
                EndpointUrl = settings.EndpointUrl ?? AccountOptions.CloudflareEndpoints,
            }
            : null,
        ResumeUrl = settings.ResumeUrl,
        Client = new AiGatewayClientOptions { Time = clock },
    };

    private static string Describe(AiGatewayOptions options, EmulatorHost? emulator) => (options.Bridge, emulator) switch
    {
        (_, not null) => $"emulator in this process ({emulator.Address})",
        ({ } bridge, _) => $"bridge at {bridge.Url}",
        _ => $"account {options.Account!.AccountId} over REST ({options.Account.ApiUrl})",
    };

    private static EmulatorOptions Options(IConfiguration settings)
    {
        var options = new EmulatorOptions();
        settings.Bind(options);
        options.Secret = null;
        return options;
    }
}
