using System.Text.Json;
using Orchestrator.Gateway;

namespace Orchestrator.Bench.Library;

/// <summary>
/// The child process that has nothing but the two clients in it, which take turns: a specification on standard input, the report on standard output.
/// </summary>
internal static class LibraryCommand
{
    public const string Name = "library-client";

    public static async Task<int> RunAsync()
    {
        var line = await Console.In.ReadLineAsync() ?? throw new InvalidDataException("No specification on standard input.");
        var spec = JsonSerializer.Deserialize(line, LibraryJson.Default.LibrarySpec)!;
        using var http = new HttpMessageInvoker(BridgeHttp.CreateHandler());
        for (var turn = 0; turn < spec.WarmTurns; turn++)
        {
            await TurnAsync(spec, http, ours: false);
            await TurnAsync(spec, http, ours: true);
        }

        List<LibraryBlock> blocks = [];
        for (var block = 0; block < spec.Blocks; block++)
        {
            // Whoever began the last block is in the middle of this one.
            var ours = block % 2 != 0;
            var outer = await TurnAsync(spec, http, ours);
            var inner = await TurnAsync(spec, http, !ours) + await TurnAsync(spec, http, !ours);
            outer += await TurnAsync(spec, http, ours);
            blocks.Add(ours ? new(Bare: inner, Ours: outer) : new(Bare: outer, Ours: inner));
        }

        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new LibraryReport(blocks), LibraryJson.Default.LibraryReport));
        return 0;
    }

    private static async Task<LibraryCost> TurnAsync(LibrarySpec spec, HttpMessageInvoker http, bool ours)
    {
        GC.Collect();
        var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        var events = await LoadAsync(spec, http, ours);
        return new(events, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    /// <summary>Answers how many events came.</summary>
    private static async Task<long> LoadAsync(LibrarySpec spec, HttpMessageInvoker http, bool ours)
    {
        var url = new Uri($"http://127.0.0.1:{spec.Port}");
        var gateway = new AiGatewayClient(http, new BridgeOptions { Url = url });
        var counts = await Task.WhenAll(Enumerable.Range(0, spec.Streams).Select(_ => ours
            ? StreamReading.ByLibraryAsync(gateway, spec.Model)
            : StreamReading.BareAsync(http, url, spec.Model)));
        return counts.Sum();
    }
}
