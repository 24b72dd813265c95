using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>A bridge behind which a model writes what it is told to, as one stream of OpenAI's chunks.</summary>
internal sealed class HostileGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostileGateway(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <param name="texts">The pieces of the answer, an event each.</param>
    public static async Task<HostileGateway> StartAsync(params string[] texts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.MapPost("/run", context => AnswerAsync(context, texts));
        await app.StartAsync();
        return new HostileGateway(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static async Task AnswerAsync(HttpContext context, string[] texts)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var text in texts)
        {
            await SendAsync(context, new { content = text }, null);
        }

        await SendAsync(context, new { content = (string?)null }, "stop");
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static async Task SendAsync(HttpContext context, object delta, string? finish)
    {
        var chunk = JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion.chunk",
            created = 1,
            model = "openai/gpt-5-mini",
            choices = new[] { new { index = 0, delta, finish_reason = finish } },
        });
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {chunk}\n\n"));
        await context.Response.Body.FlushAsync();
    }
}
