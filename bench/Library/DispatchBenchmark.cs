using BenchmarkDotNet.Attributes;
using Orchestrator.Gateway;

namespace Orchestrator.Bench.Library;

/// <summary>
/// One dispatch whose events are there at once, read to its end; times and allocation are of one event of it. The emulator is another
/// process, so that nothing but the client allocates in this one.
/// </summary>
[MemoryDiagnoser]
public class DispatchBenchmark
{
    /// <summary>Many, so that what a dispatch itself allocates is little of an event's share.</summary>
    private const int TextEvents = 200_000;

    private static readonly string Model = Workbench.Model(TextEvents, 0);

    private readonly HttpMessageInvoker _http = new(BridgeHttp.CreateHandler());
    private AiGatewayClient _gateway = null!;

    /// <summary>Where the emulator listens: set before the benchmarks are run, which is in the same process.</summary>
    internal static Uri Emulator { get; set; } = new("http://127.0.0.1");

    [GlobalSetup]
    public void Setup() => _gateway = new AiGatewayClient(_http, new BridgeOptions { Url = Emulator });

    [GlobalCleanup]
    public void Cleanup() => _http.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = TextEvents)]
    public async Task Bare() => Check(await StreamReading.BareAsync(_http, Emulator, Model));

    [Benchmark(OperationsPerInvoke = TextEvents)]
    public async Task Library() => Check(await StreamReading.ByLibraryAsync(_gateway, Model));

    private static void Check(long events)
    {
        if (events != Workbench.RawEvents(TextEvents))
        {
            throw new InvalidDataException($"{events} events came.");
        }
    }
}
