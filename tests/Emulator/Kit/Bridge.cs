using System.Net.Http.Json;

namespace Orchestrator.Emulator.Tests.Kit;

/// <summary>An emulator of its own and a caller of it.</summary>
internal sealed class Bridge : IAsyncDisposable
{
    /// <summary>Only for a test that would hang otherwise: says so instead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Bridge(EmulatorHost host)
    {
        Host = host;

        // A reader that leaves does so at once, it does not first read on for a while.
        Http = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = host.Address, Timeout = Patience };
    }

    public EmulatorHost Host { get; }

    public HttpClient Http { get; }

    public EmulatorCounters Counters => Host.Counters;

    /// <summary>Flat out unless the options say otherwise: tests have no time to lose.</summary>
    public static async Task<Bridge> StartAsync(EmulatorOptions? options = null, TimeProvider? time = null) =>
        new(await EmulatorHost.StartAsync(options ?? new() { DefaultRate = 0, DefaultEvents = 10 }, time: time));

    public static object Chat(string question = "hello", bool stream = true) =>
        new { messages = new[] { new { role = "user", content = question } }, stream };

    public static object Turns(params (string Role, string Content)[] turns) =>
        new { messages = turns.Select(t => new { role = t.Role, content = t.Content }), stream = true };

    public async Task<Reply> RunAsync(string model, object? inputs = null, object? options = null)
    {
        using var response = await OpenAsync(model, inputs, options);
        return await ReadAsync(response);
    }

    /// <summary>The response with its body unread.</summary>
    public Task<HttpResponseMessage> OpenAsync(string model, object? inputs = null, object? options = null) => SendAsync(
        new(HttpMethod.Post, "/run") { Content = JsonContent.Create(new { model, inputs = inputs ?? Chat(), options }) });

    public async Task<Reply> ResumeAsync(string runId, int from, string gateway = "default")
    {
        using var response = await SendAsync(new(HttpMethod.Get, $"/ai-gateway/gateways/{gateway}/run/{runId}/resume?from={from}"));
        return await ReadAsync(response);
    }

    public async Task<Reply> UniversalAsync(params object[] entries)
    {
        using var response = await SendAsync(new(HttpMethod.Post, "/gateways/default/run") { Content = JsonContent.Create(entries) });
        return await ReadAsync(response);
    }

    public async Task<Reply> CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await SendAsync(new(method, path) { Content = body is null ? null : JsonContent.Create(body) });
        return await ReadAsync(response);
    }

    /// <summary>The run's whole stream without any fault of a connection.</summary>
    public Task<byte[]> TruthAsync(string runId, string query = "") => Http.GetByteArrayAsync($"/emulator/runs/{runId}/bytes{query}");

    /// <summary>The only run there is.</summary>
    public RunCounters OnlyRun() => Assert.Single(Counters.Runs);

    /// <summary>Reads exactly so many bytes of a body that may go on.</summary>
    public static async Task<byte[]> ReadAsync(Stream body, int count)
    {
        using CancellationTokenSource patience = new(Patience);
        var bytes = new byte[count];
        await body.ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }

    private static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(static h => h.Key, static h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        using CancellationTokenSource patience = new(Patience);
        await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
        using MemoryStream bytes = new();
        var buffer = new byte[16 * 1024];
        var broken = false;
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, patience.Token)) > 0)
            {
                await bytes.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            broken = true;
        }

        return new(response.StatusCode, headers, bytes.ToArray(), broken);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
}
