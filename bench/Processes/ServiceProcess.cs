using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Bench.Processes;

/// <summary>The service in a process of its own, with a data directory of its own and the emulator as its gateway.</summary>
internal sealed class ServiceProcess : ITarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _assembly;
    private readonly int _gatewayPort;
    private readonly IReadOnlyList<string> _settings;
    private readonly string _data = Directory.CreateTempSubdirectory("orchestrator-bench-").FullName;
    private readonly HttpClient _http;
    private ChildProcess _process;

    private ServiceProcess(string assembly, int gatewayPort, IReadOnlyList<string> settings, int port)
    {
        _assembly = assembly;
        _gatewayPort = gatewayPort;
        _settings = settings;
        Port = port;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _process = Launch();
    }

    public string Name => "service";

    public int Port { get; }

    public int[] Processes => [_process.Id];

    /// <summary>When the process was started, a timestamp of <see cref="Stopwatch"/>.</summary>
    public long StartedAt { get; private set; }

    public static Task<ServiceProcess> StartAsync(string assembly, EmulatorProcess emulator) => StartAsync(assembly, emulator.Port, []);

    /// <param name="assembly">The service.</param>
    /// <param name="gatewayPort">Where the emulator listens.</param>
    /// <param name="settings">Added to its command line.</param>
    public static async Task<ServiceProcess> StartAsync(string assembly, int gatewayPort, IReadOnlyList<string> settings)
    {
        ServiceProcess service = new(assembly, gatewayPort, settings, FreePort.Next());
        await service.WaitUntilReadyAsync();
        return service;
    }

    public Task WaitUntilReadyAsync() => _process.WaitUntilReadyAsync(new Uri($"http://127.0.0.1:{Port}/readyz"), Patience);

    /// <summary><c>kill -9</c>, and at once a new process on the same data and port. Does not wait until that is ready.</summary>
    public async Task KillAndRestartAsync()
    {
        await _process.DisposeAsync();
        _process = Launch();
    }

    /// <summary>Submits a run; the path of its resource.</summary>
    public async Task<string> SubmitAsync(string model, string key)
    {
        using StringContent body = new(
            $"{{\"model\":\"{model}\",\"input\":{{\"messages\":[],\"stream\":true}},\"gateway\":{{\"metadata\":{{\"run\":\"{key}\"}}}}}}",
            Encoding.UTF8,
            "application/json");
        using var answer = await _http.PostAsync(new Uri("/v1/runs", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        var location = answer.Headers.Location ?? throw new InvalidDataException("A submitted run has no Location.");
        return location.IsAbsoluteUri ? location.AbsolutePath : location.ToString();
    }

    /// <summary>The body of an answer.</summary>
    public async Task<byte[]> GetAsync(Uri path) => await _http.GetByteArrayAsync(path);

    /// <summary>Cancels every run that has not ended.</summary>
    public async Task CancelAllAsync()
    {
        for (var more = true; more;)
        {
            using StringContent body = new("""{"filter":{"status":["queued","running"]}}""", Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri("/v1/runs/cancel", UriKind.Relative), body);
            answer.EnsureSuccessStatusCode();
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            more = json.RootElement.GetProperty("more").GetBoolean();
        }
    }

    /// <summary>Waits until the run has ended.</summary>
    public async Task WaitForEndAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path + "/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.CopyToAsync(Stream.Null);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private ChildProcess Launch()
    {
        StartedAt = Stopwatch.GetTimestamp();
        var process = ChildProcess.StartDotnet(
            "The service",
            _assembly,
            [
                "--urls", $"http://127.0.0.1:{Port}",
                "--Data:Directory", _data,
                "--Gateway:BridgeUrl", $"http://127.0.0.1:{_gatewayPort}",
                .. _settings,
            ]);
        process.DrainOutput();
        return process;
    }
}
