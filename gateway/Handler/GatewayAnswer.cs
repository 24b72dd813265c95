namespace Orchestrator.Gateway;

/// <summary>What the gateway told with the answer to one request of an SDK. Failures are answers too.</summary>
/// <param name="Request">The SDK's own request.</param>
/// <param name="Provider">The provider that it went to, by its name on the gateway path.</param>
/// <param name="Headers">Status, log id, cache status, and on the universal endpoint the entry that answered.</param>
public sealed record GatewayAnswer(HttpRequestMessage Request, string Provider, ReplyHeaders Headers);
