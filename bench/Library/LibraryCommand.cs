using System.Text;
using System.Text.Json;
using Orchestrator.Gateway;

namespace Orchestrator.Bench.Library;

/// <summary>The child process that has nothing but a client in it: a specification on standard input, the report on standard output.</summary>
internal static class LibraryCommand
{
    public const string Name = "library-client";

    private const int BufferBytes = 16 * 1024;

    public static async Task<int> RunAsync()
    {
        var line = await Console.In.ReadLineAsync() ?? throw new InvalidDataException("No specification on standard input.");
        var spec = JsonSerializer.Deserialize(line, LibraryJson.Default.LibrarySpec)!;
        using var http = new HttpMessageInvoker(BridgeHttp.CreateHandler());
        for (var round = 0; round < spec.WarmRounds; round++)
        {
            await LoadAsync(spec, http);
        }

        GC.Collect();
        var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        var events = await LoadAsync(spec, http);
        var report = new LibraryReport(
            events, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, LibraryJson.Default.LibraryReport));
        return 0;
    }

    /// <summary>Answers how many events came.</summary>
    private static async Task<long> LoadAsync(LibrarySpec spec, HttpMessageInvoker http)
    {
        var url = new Uri($"http://127.0.0.1:{spec.Port}");
        var gateway = new AiGatewayClient(http, new BridgeOptions { Url = url });
        var counts = await Task.WhenAll(Enumerable.Range(0, spec.Streams).Select(_ => spec.Ours
            ? ReadAsync(gateway, spec.Model)
            : ReadBareAsync(http, new Uri(url, "run"), spec.Model)));
        return counts.Sum();
    }

    private static async Task<long> ReadAsync(AiGatewayClient gateway, string model)
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
    private static async Task<long> ReadBareAsync(HttpMessageInvoker http, Uri url, string model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
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
