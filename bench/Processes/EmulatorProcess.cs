namespace Orchestrator.Bench.Processes;

/// <summary>The emulated AI Gateway, in a process of its own.</summary>
internal sealed class EmulatorProcess : ITarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private EmulatorProcess(ChildProcess process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Port = port;
    }

    public string Name => "emulator";

    public int Port { get; }

    public int[] Processes => [_process.Id];

    public static async Task<EmulatorProcess> StartAsync(string assembly)
    {
        var port = FreePort.Next();
        var process = ChildProcess.StartDotnet("The emulator", assembly, ["--urls", $"http://127.0.0.1:{port}"]);
        process.DrainOutput();
        await process.WaitUntilReadyAsync(new Uri($"http://127.0.0.1:{port}/emulator/counters"), Patience);
        return new(process, port);
    }

    /// <summary>Forgets all runs.</summary>
    public async Task ResetAsync()
    {
        using var answer = await _http.PostAsync(new Uri("/emulator/reset", UriKind.Relative), content: null);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}
