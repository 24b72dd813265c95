using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Client.Tests.Kit;

/// <summary>
/// A service that does as it is told, on a real Kestrel at a port the system chose. Each route has a script of answers: one per request,
/// the last one for ever. A request that no script foresaw is answered 418 and fails the test that made it by that status.
/// </summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Answer>> _scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SeenRequest> _requests = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly CancellationTokenSource _stop = new();

    private FakeService(WebApplication app) => _app = app;

    public delegate Task Answer(HttpContext context, CancellationToken stop);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>All requests so far, in the order they came.</summary>
    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    /// <summary>The same on one line.</summary>
    public string Seen => string.Join(", ", _requests.Select(request => request.Line));

    public static async Task<FakeService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new FakeService(app);
        app.Run(service.AnswerAsync);
        await app.StartAsync();
        return service;
    }

    /// <summary>Adds answers to the script of a route, such as <c>"GET /v1/runs/run_1"</c>.</summary>
    public FakeService On(string route, params Answer[] answers)
    {
        var script = _scripts.GetOrAdd(route, _ => new ConcurrentQueue<Answer>());
        foreach (var answer in answers)
        {
            script.Enqueue(answer);
        }

        return this;
    }

    /// <summary>Waits for a request that was not waited for before.</summary>
    public async Task ArrivalAsync() => Assert.True(await _arrivals.WaitAsync(TimeSpan.FromMinutes(2)), "No request came.");

    public HttpClient Http() => new() { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
        _arrivals.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = context.Request;
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var path = request.Path.ToUriComponent();
        _requests.Enqueue(new SeenRequest(request.Method, path, request.QueryString.Value ?? "", headers, await reader.ReadToEndAsync()));
        _arrivals.Release();

        if (!_scripts.TryGetValue($"{request.Method} {path}", out var script) || !script.TryPeek(out var answer))
        {
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return;
        }

        if (script.Count > 1)
        {
            script.TryDequeue(out _);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, context.RequestAborted);
        await answer(context, stop.Token);
    }
}
