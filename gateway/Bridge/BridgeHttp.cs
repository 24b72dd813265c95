using System.Net;

namespace Orchestrator.Gateway;

/// <summary>The HTTP settings that streams over the bridge want.</summary>
public static class BridgeHttp
{
    /// <summary>
    /// A handler for long streams: a stream that is disposed closes its connection at once (by default a connection is drained for up to
    /// two seconds first, while the other side goes on sending), redirects are answers, nothing is stored between requests, and the caller's trace is not told to the upstream.
    /// </summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        EnableMultipleHttp2Connections = true,
    };
}
