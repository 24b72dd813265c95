using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Webhooks.Tests.Kit;

/// <summary>A receiver of webhooks on a real Kestrel, at a port the system chose. Its answers are a script, 200 after its end.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private readonly Channel<SeenRequest> _requests = Channel.CreateUnbounded<SeenRequest>();
    private int _count;

    private Receiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>A target that no log may hold.</summary>
    public string Url => $"{Address}hooks/s3cret-path?token=s3cret-query";

    /// <summary>Requests so far.</summary>
    public int Count => Volatile.Read(ref _count);

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.AnswerAsync);
        await app.StartAsync();
        return receiver;
    }

    public Receiver Then(int status, string? header = null, string? value = null) => Then(context =>
    {
        context.Response.StatusCode = status;
        if (header is not null)
        {
            context.Response.Headers[header] = value;
        }

        return Task.CompletedTask;
    });

    public Receiver Then(Func<HttpContext, Task> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    /// <summary>Never answers; ends when the other side hangs up.</summary>
    public Receiver ThenSilence() => Then(static async context =>
    {
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = context.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    });

    public async Task<SeenRequest> NextAsync() => await _requests.Reader.ReadAsync().AsTask().WaitAsync(Patience.Span);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _count);
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(
            static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        _requests.Writer.TryWrite(new SeenRequest(context.Request.Method, target, headers, await reader.ReadToEndAsync()));
        if (_script.TryDequeue(out var answer))
        {
            await answer(context);
        }
    }
}
