using Orchestrator.Emulator;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Standalone.Gateways;

/// <summary>
/// The gateway and the direct upstreams that the settings name; where they name neither, an emulator in this process in place of the
/// gateway.
/// </summary>
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
    public static async Task<Upstream> ConnectAsync(
        GatewaySettings settings, IReadOnlyList<DirectUpstream> upstreams, IConfiguration emulatorSettings, TimeProvider clock)
    {
        var hasGateway = settings is not { BridgeUrl: null, AccountId: null };
        var emulator = hasGateway || upstreams.Count > 0 ? null : await EmulatorHost.StartAsync(Options(emulatorSettings));
        var http = new HttpMessageInvoker(BridgeHttp.CreateHandler());
        var options = Options(settings, emulator?.Address, clock);
        try
        {
            AiGateway? gateway = hasGateway || emulator is not null ? new AiGateway(http, options) : null;
            var direct = new DirectUpstreams(http, upstreams, gateway, options.Client);
            var client = new AiGatewayUpstream(
                direct,
                settings.Id,
                options.RunPathResume,
                [.. new[] { settings.BridgeSecret, settings.ApiToken }.OfType<string>(), .. direct.Secrets],
                direct);
            return new Upstream(client, Describe(options, emulator, upstreams), http, emulator);
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

    private static string Describe(AiGatewayOptions options, EmulatorHost? emulator, IReadOnlyList<DirectUpstream> upstreams)
    {
        var gateway = (options, emulator) switch
        {
            (_, not null) => $"emulator in this process ({emulator.Address})",
            ({ Bridge: { } bridge, Account: { } unused }, _) =>
                $"bridge at {bridge.Url}; Gateway:AccountId ({unused.AccountId}) is not used, everything goes over the bridge",
            ({ Bridge: { } bridge }, _) => $"bridge at {bridge.Url}",
            ({ Account: { } account }, _) => $"account {account.AccountId} over REST ({account.ApiUrl})",
            _ => "none",
        };
        return upstreams.Count == 0 ? gateway : $"{gateway} | upstreams: {string.Join(", ", upstreams)}";
    }

    private static EmulatorOptions Options(IConfiguration settings)
    {
        var options = new EmulatorOptions();
        settings.Bind(options);
        options.Secret = null;
        return options;
    }
}
