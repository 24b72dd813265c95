using System.Globalization;
using System.Net;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>The service and its emulator as processes, with a load that goes well, goes wrong, and goes on. Nothing in it is made up by a page.</summary>
internal sealed class RealLoad : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ServiceProcess _emulator;
    private readonly ServiceProcess _service;
    private readonly HttpClient _gateway;
    private int _submitted;

    private RealLoad(TemporaryDirectory directory, ServiceProcess emulator, ServiceProcess service)
    {
        _directory = directory;
        _emulator = emulator;
        _service = service;
        _gateway = ServiceClient.Create(emulator.Address);
        Http = ServiceClient.Create(service.Address);
    }

    public HttpClient Http { get; }

    public string At(string path) => new Uri(_service.Address, $"dashboard{path}").ToString();

    public static async Task<RealLoad> StartAsync()
    {
        var directory = new TemporaryDirectory();
        var emulator = await ServiceProcess.StartEmulatorAsync();
        var service = await ServiceProcess.StartServiceAsync(
            directory.FullPath, emulator.Address, address: null,

            // A circuit opens however long its failures take, and stays as it is while it is looked at.
            "--Engine:Resilience:CircuitSampling", "00:10:00", "--Engine:Resilience:CircuitBreak", "01:00:00",
            "--Prices:openai/gpt-5-mini:Input", "0.25", "--Prices:openai/gpt-5-mini:Output", "2", "--Prices:openai/gpt-5-mini:AsOf", "2026-11-01",
            "--Limits:Models:0:Model", "deepseek/deepseek-chat", "--Limits:Models:0:Requests", "1", "--Limits:Models:0:WindowSeconds", "3600");
        var load = new RealLoad(directory, emulator, service);
        await load.SetAsync("openai/gpt-5-mini", """{"events": 40, "rate": 0}""");
        await load.SetAsync("anthropic/claude-haiku-4.5", """{"events": 60, "rate": 200, "drop": 4000}""");
        await load.SetAsync("xai/grok-4", """{"status": 503}""");
        await load.SetAsync("minimax/minimax-m2", """{"status": 503}""");
        await load.SetAsync("alibaba/qwen-max", """{"contextlength": "x*"}""");
        await load.SetAsync("google/gemini-3-flash", """{"events": 400, "rate": 20, "stall": 30}""");
        await load.SetAsync("groq/llama-3.3-70b", """{"events": 400, "rate": 20, "drop": 2000, "resumefail": "503x*"}""");
        await load.SetAsync("deepseek/deepseek-chat", """{"events": 20, "rate": 0}""");
        return load;
    }

    /// <param name="model">What the run asks for.</param>
    /// <param name="more">Further fields, with a comma before them.</param>
    public Task<string> SubmitAsync(string model, string more = "")
    {
        var number = Interlocked.Increment(ref _submitted).ToString(CultureInfo.InvariantCulture);
        var body = $$$"""{"model": "{{{model}}}", "input": {"messages": [{"role": "user", "content": "Tell me of the sea, {{{number}}}."}]}{{{more}}}}""";
        return ServiceClient.SubmitAsync(Http, body, number, CancellationToken.None);
    }

    public async Task UntilEndedAsync(params IEnumerable<string> runs)
    {
        foreach (var run in runs)
        {
            using var ended = await ServiceClient.OutputAsync(Http, run, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _gateway.Dispose();
        await _service.DisposeAsync();
        await _emulator.DisposeAsync();
        _directory.Dispose();
    }

    private async Task SetAsync(string model, string faults)
    {
        using var set = await _gateway.PutAsync(new Uri($"emulator/faults/{model}", UriKind.Relative), ServiceClient.Json(faults));
        Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
    }
}
