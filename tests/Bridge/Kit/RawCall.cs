using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Bridge.Tests.Kit;

/// <summary>
/// A call over a socket of its own, whose caller can vanish: the connection is reset. The runtime's own server can not tell a connection
/// that was only closed from a caller that still listens, until it has something to send.
/// </summary>
internal sealed class RawCall : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawCall> PostAsync(Uri address, string path, string body)
    {
        var call = new RawCall();
        await call._socket.ConnectAsync(address.Host, address.Port);
        await call._socket.SendAsync(Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {BridgeSite.Secret}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        return call;
    }

    /// <summary>Returns when at least so many events have come.</summary>
    public async Task ReadEventsAsync(int count)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (text.ToString().Split("data: ").Length - 1 < count)
        {
            var read = await _socket.ReceiveAsync(buffer);
            Assert.True(read > 0, $"The answer ended early: {text}");
            text.Append(Encoding.UTF8.GetString(buffer.AsSpan(0, read)));
        }
    }

    public void Dispose()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }
}
