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

    private Upstream(IGateway gateway, string description, HttpMessageInvoker http, EmulatorHost? emulator)
    {
        Gateway = gateway;
        Description = description;
        _http = http;
        _emulator = emulator;
    }

    public IGateway Gateway { get; }

    /// <summary>For the line that the service starts with.</summary>
    public string Description { get; }

    /// <exception cref="SettingsException">The settings can not be followed.</exception>
    public static async Task<Upstream> ConnectAsync(GatewaySettings settings, IConfiguration emulatorSettings, TimeProvider clock)
    {
        if (settings.BridgeUrl is null && (settings.AccountId is not null || settings.ApiToken is not null))
        {
            throw new SettingsException(
                "Gateway:AccountId and Gateway:ApiToken are for the REST transport, which this version does not have yet. "
                + "Set Gateway:BridgeUrl (and Gateway:BridgeSecret) to reach the gateway through the bridge, or remove them to use the emulator.");
        }

        var emulator = settings.BridgeUrl is null ? await EmulatorHost.StartAsync(Options(emulatorSettings)) : null;
        var url = settings.BridgeUrl ?? emulator!.Address;
        var http = new HttpMessageInvoker(BridgeHttp.CreateHandler());
        try
        {
            var client = new AiGatewayClient(
                http, new BridgeOptions { Url = url, Secret = settings.BridgeSecret }, new AiGatewayClientOptions { Time = clock });
            var description = emulator is null ? $"bridge at {url}" : $"emulator in this process ({url})";
            return new Upstream(new BridgeGateway(client, settings.Id, settings.BridgeSecret is { } secret ? [secret] : []), description, http, emulator);
        }
        catch (ArgumentException problem)
        {
            throw new SettingsException($"Gateway:BridgeUrl or Gateway:BridgeSecret: {problem.Message}");
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

    private static EmulatorOptions Options(IConfiguration settings)
    {
        var options = new EmulatorOptions();
        settings.Bind(options);
        options.Secret = null;
        return options;
    }
}
