using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Standalone.Webhooks;

/// <summary>The HTTP settings that deliveries want.</summary>
internal static class WebhookHttp
{
    /// <summary>A handler that follows no redirect, stores nothing between requests and reads nothing of an answer but its head.</summary>
    public static SocketsHttpHandler CreateHandler(bool allowPrivateNetworks)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseDrainSize = 16 * 1024,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),

            // A receiver is not one of ours: our traces are not its affair.
            ActivityHeadersPropagator = null,
        };
        if (!allowPrivateNetworks)
        {
            handler.UseProxy = false;
            handler.ConnectCallback = ConnectPublicAsync;
        }

        return handler;
    }

    /// <summary>
    /// Connects to the very address that was judged. To judge the name when it is submitted would not do: it may mean another address by
    /// the time of the delivery.
    /// </summary>
    private static async ValueTask<Stream> ConnectPublicAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var found = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = Array.FindAll(found, static address => !PrivateNetworks.Contain(address));
        if (allowed.Length == 0)
        {
            throw new HttpRequestException("its address is in a private network, which Webhooks:AllowPrivateNetworks refuses");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
