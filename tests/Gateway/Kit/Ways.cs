using Orchestrator.Emulator;

namespace Orchestrator.Gateway.Tests;

/// <summary>Gateways over one configuration each.</summary>
internal static class Ways
{
    public static AiGateway OverAccount(HttpMessageInvoker http, EmulatorHost emulator, string token = "api-token", Uri? resume = null) =>
        new(http, new AiGatewayOptions { Account = Account(emulator, token), ResumeUrl = resume });

    public static AiGateway OverBridge(HttpMessageInvoker http, EmulatorHost emulator, string secret = "api-token") =>
        new(http, new AiGatewayOptions { Bridge = new BridgeOptions { Url = emulator.Address, Secret = secret } });

    public static AccountOptions Account(EmulatorHost emulator, string token = "api-token") => new()
    {
        AccountId = "acc",
        ApiToken = token,
        ApiUrl = new Uri(emulator.Address, "/client/v4"),
        EndpointUrl = new Uri(emulator.Address, "/v1/"),
    };
}
