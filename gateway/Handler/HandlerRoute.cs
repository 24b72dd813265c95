namespace Orchestrator.Gateway;

/// <summary>Which of the gateway's endpoints takes a request of <see cref="AiGatewayHandler"/>. The numbers never change.</summary>
public enum HandlerRoute : byte
{
    /// <summary>The provider's own path on the gateway endpoints: every method and every body, which is sent on as it is.</summary>
    ProviderEndpoint = 1,

    /// <summary>The universal endpoint, with the request as its one entry: posts of JSON objects only.</summary>
    Universal = 2,
}
