namespace Orchestrator.Gateway;

/// <summary>
/// A request that can not go through the gateway as the handler is set up; nothing was sent. The message names the fix, and never a key or
/// a query. It is the set-up that is wrong, so it is no <see cref="HttpRequestException"/>, which SDKs try again.
/// </summary>
public sealed class HandlerRefusalException(string message) : InvalidOperationException(message);
