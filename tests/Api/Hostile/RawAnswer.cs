using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Api.Tests.Hostile;

/// <summary>What came back over a connection of its own, to the end of it.</summary>
internal sealed record RawAnswer(int Status, string? ContentType, string Body)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="TimeoutException">The server hangs.</exception>
    public static async Task<RawAnswer> OfAsync(Uri address, HostileRequest request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        var sending = SendAsync(stream, request.ToBytes());
        using var bytes = new MemoryStream();
        try
        {
            await stream.CopyToAsync(bytes).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // Closed while we were still sending: what was answered before that counts.
        }

        await sending.WaitAsync(Patience);
        return Parse(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    public string? Code()
    {
        using var problem = JsonDocument.Parse(Body);
        return problem.RootElement.GetProperty("status").GetInt32() == Status ? problem.RootElement.GetProperty("code").GetString() : null;
    }

    private static async Task SendAsync(NetworkStream stream, byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // It has heard enough.
        }
    }

    private static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0 || !text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
        {
            return new RawAnswer(0, null, text);
        }

        var head = text[..end].Split("\r\n");
        var type = Array.Find(head, static line => line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase));
        return new RawAnswer(int.Parse(head[0].AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture), type?["Content-Type:".Length..].Trim(), text[(end + 4)..]);
    }
}
