using System.Net.Http.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class CacheTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync(time: _time);

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task An_answer_is_kept_for_its_time_and_given_again_without_a_dispatch()
    {
        var first = await RunAsync("openai/gpt", new { cacheTtl = 60 });
        var second = await RunAsync("openai/gpt", new { cacheTtl = 60 });
        Assert.Equal(("MISS", "HIT"), (first.Headers["cf-aig-cache-status"], second.Headers["cf-aig-cache-status"]));
        Assert.Equal(first.Body, second.Body);
        Assert.NotEqual(first.LogId, second.LogId, StringComparer.Ordinal);
        Assert.Equal((1, 1), (_bridge.Counters.Dispatches, _bridge.Counters.CacheHits));
        Assert.DoesNotContain("cf-aig-run-id", second.Headers.Keys, StringComparer.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("MISS", (await RunAsync("openai/gpt", new { cacheTtl = 60 })).Headers["cf-aig-cache-status"]);
    }

    /// <summary>The gateway's own setting is the last to be asked, the request's header goes before it, and the entry's before that.</summary>
    [Fact]
    public async Task The_gateways_setting_holds_where_neither_the_entry_nor_the_request_says_otherwise()
    {
        await using var bridge = await Bridge.StartAsync(new() { DefaultRate = 0, DefaultEvents = 3, CacheTtl = 60 });
        async Task<string> AskAsync(string? request, string? entry)
        {
            using HttpRequestMessage message = new(HttpMethod.Post, "/v1/account/default")
            {
                Content = JsonContent.Create(new[]
                {
                    new
                    {
                        provider = "openai",
                        endpoint = "chat/completions",
                        headers = entry is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new(StringComparer.Ordinal) { ["cf-aig-skip-cache"] = entry },
                        query = Bridge.Chat(),
                    },
                }),
            };
            if (request is not null)
            {
                message.Headers.Add("cf-aig-skip-cache", request);
            }

            using var response = await bridge.Http.SendAsync(message);
            return response.Headers.GetValues("cf-aig-cache-status").Single();
        }

        Assert.Equal("MISS", await AskAsync(null, null));
        Assert.Equal("HIT", await AskAsync(null, null));
        Assert.Equal("MISS", await AskAsync("true", null));
        Assert.Equal("HIT", await AskAsync("true", "false"));
        Assert.Equal("MISS", await AskAsync("false", "true"));
        Assert.Equal("HIT", Status(await bridge.UniversalAsync(new { provider = "openai", endpoint = "chat/completions", query = Bridge.Chat() })));
    }

    [Fact]
    public async Task Other_inputs_models_and_gateways_are_others()
    {
        await RunAsync("openai/gpt", new { cacheTtl = 60 });
        Assert.Equal("MISS", Status(await _bridge.RunAsync("openai/gpt", Bridge.Chat("else"), new { gateway = new { cacheTtl = 60 } })));
        Assert.Equal("MISS", Status(await RunAsync("openai/other", new { cacheTtl = 60 })));
        Assert.Equal("MISS", Status(await RunAsync("openai/gpt", new { cacheTtl = 60, id = "second" })));
    }

    [Fact]
    public async Task A_key_stands_for_model_and_inputs()
    {
        var first = await RunAsync("openai/gpt", new { cacheTtl = 60, cacheKey = "k" });
        var second = await _bridge.RunAsync("openai/gpt", Bridge.Chat("something else"), new { gateway = new { cacheKey = "k" } });
        Assert.Equal("HIT", Status(second));
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("MISS", Status(await RunAsync("openai/gpt", new { cacheKey = "another" })));
    }

    [Fact]
    public async Task Skipping_neither_looks_nor_keeps()
    {
        await RunAsync("openai/gpt", new { cacheTtl = 60, skipCache = true });
        Assert.Equal("MISS", Status(await RunAsync("openai/gpt", new { cacheTtl = 60 })));
        Assert.Equal("MISS", Status(await RunAsync("openai/gpt", new { cacheTtl = 60, skipCache = true })));
        Assert.Equal("HIT", Status(await RunAsync("openai/gpt", new { cacheTtl = 60 })));
        Assert.Equal("MISS", Status(await RunAsync("openai/gpt", new { })));
    }

    [Fact]
    public async Task Failures_are_not_kept()
    {
        Assert.Equal(500, (int)(await RunAsync("openai/gpt~status=500x1", new { cacheTtl = 60 })).Status);
        Assert.Equal("MISS", Status(await RunAsync("openai/gpt~status=500x1", new { cacheTtl = 60 })));
    }

    [Fact]
    public async Task The_headers_say_the_same_on_a_providers_endpoint()
    {
        async Task<string> AskAsync(string? skip = null)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/v1/account/default/openai/chat/completions")
            {
                Content = JsonContent.Create(new { model = "gpt", messages = new[] { new { role = "user", content = "hi" } } }),
            };
            request.Headers.Add("cf-aig-cache-ttl", "60");
            if (skip is not null)
            {
                request.Headers.Add("cf-aig-skip-cache", skip);
            }

            using var response = await _bridge.Http.SendAsync(request);
            return response.Headers.GetValues("cf-aig-cache-status").Single();
        }

        Assert.Equal("MISS", await AskAsync());
        Assert.Equal("MISS", await AskAsync(skip: "true"));
        Assert.Equal("HIT", await AskAsync());
    }

    private static string Status(Reply reply) => reply.Headers["cf-aig-cache-status"];

    private Task<Reply> RunAsync(string model, object gateway) => _bridge.RunAsync(model, options: new { gateway });
}
