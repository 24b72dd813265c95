using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>The service as a process over an emulator of its own, and a collector that takes what it sends.</summary>
internal sealed class TracedService : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CancellationTokenSource _limit = new(Patience.OfATest);
    private readonly OtlpReceiver _collector;
    private readonly ServiceProcess _emulator;
    private ServiceProcess _service;

    private TracedService(TemporaryDirectory directory, OtlpReceiver collector, ServiceProcess emulator, ServiceProcess service)
    {
        _directory = directory;
        _collector = collector;
        _emulator = emulator;
        _service = service;
        Http = ServiceClient.Create(service.Address);
    }

    public OtlpReceiver Collector => _collector;

    public HttpClient Http { get; }

    /// <summary>The journal.</summary>
    public string Directory => _directory.FullPath;

    /// <summary>Nothing takes as long.</summary>
    public CancellationToken Limit => _limit.Token;

    public static async Task<TracedService> StartAsync(params string[] settings)
    {
        var directory = new TemporaryDirectory();
        var collector = await OtlpReceiver.StartAsync();
        var emulator = await ServiceProcess.StartEmulatorAsync();
        var service = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address, settings: [.. collector.Settings, .. settings]);
        return new TracedService(directory, collector, emulator, service);
    }

    /// <summary>SIGKILL, and a start over what is left, at the same address.</summary>
    public async Task KillAndStartAsync()
    {
        await _service.KillAsync();
        var address = _service.Address;
        await _service.DisposeAsync();
        _service = await ServiceProcess.StartServiceAsync(Directory, _emulator.Address, address, _collector.Settings);
    }

    /// <summary>SIGTERM: what is on its way to the collector arrives.</summary>
    public async Task StopAsync() => Assert.Equal(0, (await _service.TerminateAsync(Patience.OfAStep)).ExitCode);

    public async Task ReadToEndAsync(string run) => await new CursorReader(Http, run, new Random(1)).ReadToEndAsync(Limit);

    /// <summary>From a start without telemetry: what the journal says of a run.</summary>
    public async Task<System.Text.Json.JsonElement> RunAsync(string run)
    {
        await using var service = await ServiceProcess.StartServiceAsync(Directory, _emulator.Address);
        using var http = ServiceClient.Create(service.Address);
        return await ServiceClient.GetJsonAsync(http, $"v1/runs/{run}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _service.DisposeAsync();
        await _emulator.DisposeAsync();
        await _collector.DisposeAsync();
        _limit.Dispose();
        _directory.Dispose();
    }
}
