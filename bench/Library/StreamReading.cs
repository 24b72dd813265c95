using System.Text;
using Orchestrator.Gateway;

namespace Orchestrator.Bench.Library;

/// <summary>One streamed answer of the emulator, read to its end and its events counted: by the library, and by as little as can do it.</summary>
internal static class StreamReading
{
    private const int BufferBytes = 16 * 1024;

    public static async Task<long> ByLibraryAsync(AiGatewayClient gateway, string model)
    {
        var reply = await gateway.RunAsync(new RunRequest { Model = model, Inputs = """{"messages":[],"stream":true}"""u8.ToArray() }, CancellationToken.None);
        await using var stream = (StreamReply)reply;
        var events = 0L;
        while ((await stream.Events.WaitAsync(CancellationToken.None)).Kind == StreamSignalKind.Events)
        {
            while (stream.Events.TryRead(out _))
            {
                events++;
            }
        }

        return events;
    }

    /// <summary>Bytes into a buffer, blank lines counted: the least that whoever must resume from an index has to do.</summary>
    public static async Task<long> BareAsync(HttpMessageInvoker http, Uri emulator, string model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(emulator, "run"))
        {
            Content = new StringContent($$"""{"model":"{{model}}","inputs":{"messages":[],"stream":true},"options":{} }""", Encoding.UTF8, "application/json"),
        };
        using var response = await http.SendAsync(request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[BufferBytes];
        var (events, last) = (0L, (byte)0);
        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            var bytes = buffer.AsSpan(0, read);
            events += bytes.Count("\n\n"u8) + (last == '\n' && bytes[0] == '\n' ? 1 : 0);
            last = bytes[^1];
        }

        return events;
    }
}
