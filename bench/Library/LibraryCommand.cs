using System.Text.Json;
using Orchestrator.Gateway;

namespace Orchestrator.Bench.Library;

/// <summary>The child process that has nothing but a client in it: a specification on standard input, the report on standard output.</summary>
internal static class LibraryCommand
{
    public const string Name = "library-client";

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
            ? StreamReading.ByLibraryAsync(gateway, spec.Model)
            : StreamReading.BareAsync(http, url, spec.Model)));
        return counts.Sum();
    }
}
