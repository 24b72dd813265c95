using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Emulator.Tests.Kit;

/// <summary>A run asked for over a bare socket, to see what HTTP clients hide.</summary>
internal static class RawCall
{
    /// <summary>Everything that arrives until the server closes.</summary>
    /// <exception cref="SocketException">The connection was refused or reset.</exception>
    public static async Task<string> RunAsync(Uri address, string model)
    {
        var body = JsonSerializer.Serialize(new { model, inputs = Bridge.Chat() });
        var head = $"POST /run HTTP/1.1\r\nHost: emulator\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        await socket.SendAsync(Encoding.UTF8.GetBytes(head + body));
        StringBuilder all = new();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await socket.ReceiveAsync(buffer)) > 0)
        {
            all.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return all.ToString();
    }
}
