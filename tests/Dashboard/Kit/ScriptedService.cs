using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>
/// The pages over an API that is made up: a list of any length and a feed of any pace, the same at every run. Newest first, run 0 is the newest.
/// </summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private static readonly DateTimeOffset Newest = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private readonly WebApplication _app;
    private readonly int _runs;
    private long _sent;

    private ScriptedService(WebApplication app, int runs)
    {
        _app = app;
        _runs = runs;
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Changes a second in the feed.</summary>
    public int Pace { get; set; }

    /// <summary>Every so many changes one is a run that is new; 0: none is.</summary>
    public int NewEvery { get; set; }

    /// <summary>Changes that were sent so far, to all readers.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Paths below <c>/v1</c> that answer 404, as on a server of before.</summary>
    public ConcurrentDictionary<string, byte> Without { get; } = new(StringComparer.Ordinal);

    public static async Task<ScriptedService> StartAsync(int runs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var service = new ScriptedService(app, runs);
        app.UseRouting();
        app.Use(service.LeaveOutAsync);
        app.MapDashboard();
        app.MapGet("/v1/session", () => Json("""{"tenant": null, "roles": ["submit", "read", "operate"], "expiresAt": null, "open": true}"""));
        app.MapGet("/v1/runs", service.List);
        app.MapGet("/v1/runs/feed", service.FeedAsync);
        app.MapGet("/v1/stats", (string from, string to, string step, string by) => Json(MadeUpStats.Of(from, to, step, by)));
        app.MapGet("/v1/system", () => Json(MadeUpSystem.Text));
        await app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    public static string Id(int index) => $"run_01M8A{1_000_000_000 - index:D10}{Math.Abs(index % 36):D11}";

    private Task LeaveOutAsync(HttpContext context, RequestDelegate next)
    {
        if (!Without.ContainsKey(context.Request.Path.Value!))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync("""{"status": 404, "code": "not-found", "detail": "There is nothing here."}""");
    }

    private IResult List(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
        var from = query["cursor"] is [{ } cursor] ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var to = Math.Min(_runs, from + limit);
        var page = new JsonObject
        {
            ["runs"] = new JsonArray([.. Enumerable.Range(from, to - from).Select(index => (JsonNode)Run(index, change: 0))]),
            ["next"] = to < _runs ? to.ToString(CultureInfo.InvariantCulture) : null,
        };
        return Json(page.ToJsonString());
    }

    private async Task FeedAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(": hello\n\n");
        await context.Response.Body.FlushAsync();
        var clock = TimeProvider.System;
        var last = clock.GetTimestamp();
        var due = 0d;
        var (change, added) = (0, 0);
        var text = new StringBuilder();
        try
        {
            while (true)
            {
                await Task.Delay(20, context.RequestAborted);
                var now = clock.GetTimestamp();
                due += clock.GetElapsedTime(last, now).TotalSeconds * Pace;
                last = now;
                for (; change < (int)due; change++)
                {
                    var run = NewEvery > 0 && change % NewEvery == 0 ? Run(-(++added), change: 1) : Run(change % 200, change + 1);
                    text.Append(CultureInfo.InvariantCulture, $"id: {change}\nevent: run\ndata: {run.ToJsonString()}\n\n");
                    Interlocked.Increment(ref _sent);
                }

                await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                text.Clear();
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader has left.
        }
    }

    /// <param name="place">In the list; below 0: newer than all of it.</param>
    /// <param name="change">How often it has changed.</param>
    private static JsonObject Run(int place, int change)
    {
        var created = Newest.AddSeconds(-place * 1.7);
        var index = Math.Abs(place);
        var kind = change > 0 ? 1 : index % 23;
        var status = kind switch { 0 => "queued", 1 or 2 => "running", 7 => "failed", 9 => "cancelled", _ => "completed" };
        var isEnded = status is "failed" or "cancelled" or "completed";
        var tokens = 180 + (index * 37 % 900) + change;
        return new JsonObject
        {
            ["id"] = Id(place),
            ["status"] = status,
            ["model"] = Models[index % Models.Length],
            ["task"] = "text-generation",
            ["tenant"] = "acme",
            ["metadata"] = new JsonObject { ["team"] = index % 3 == 0 ? "research" : "support", ["conversation"] = $"c{index % 977}" },
            ["createdAt"] = Time(created),
            ["startedAt"] = status == "queued" ? null : Time(created.AddMilliseconds(40)),
            ["endedAt"] = isEnded ? Time(created.AddMilliseconds(900 + (index * 131 % 38_000))) : null,
            ["incomplete"] = false,
            ["incompleteReason"] = null,
            ["finishReason"] = status == "completed" ? "stop" : null,
            ["usage"] = status == "queued" ? null : new JsonObject { ["inputTokens"] = 40 + (index % 300), ["outputTokens"] = tokens, ["totalTokens"] = null },
            ["error"] = status == "failed" ? new JsonObject { ["code"] = "rate-limited", ["message"] = "The provider is over its limit: try again in 20 s." } : null,
            ["cost"] = index % 4 == 3 ? null : new JsonObject { ["amount"] = tokens * 0.000002, ["currency"] = "USD", ["asOf"] = "2026-11-01", ["wasted"] = 0 },
            ["seq"] = tokens,
            ["attempts"] = status == "queued" ? 0 : 1 + (index % 11 == 4 ? 1 : 0),
            ["reattaches"] = index % 9 == 4 ? 2 : 0,
            ["fallbacks"] = index % 11 == 4 ? 1 : 0,
            ["leg"] = 0,
            ["phase"] = isEnded ? "ended" : status == "queued" ? "queued" : index % 46 == 2 ? "recovering" : "streaming",
            ["traceId"] = null,
        };
    }

    private static readonly string[] Models =
        ["openai/gpt-5-mini", "anthropic/claude-haiku-4.5", "openai/gpt-5-mini", "google/gemini-3-flash", "@cf/meta/llama-4-scout-17b-16e-instruct"];

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static IResult Json(string text) => Results.Text(text, "application/json");
}
