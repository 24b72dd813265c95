using System.Text.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class LogTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task Each_dispatch_makes_an_entry()
    {
        var run = await _bridge.RunAsync("openai/gpt~events=3", options: new { gateway = new { metadata = new { team = "a" } } });
        var failed = await _bridge.RunAsync("@cf/meta/llama~status=429");

        var log = (await GetAsync(run.LogId)).Json;
        Assert.Equal(run.LogId, log.GetProperty("id").GetString());
        Assert.Equal("openai", log.GetProperty("provider").GetString());
        Assert.Equal("gpt", log.GetProperty("model").GetString());
        Assert.Equal(200, log.GetProperty("status_code").GetInt32());
        Assert.True(log.GetProperty("success").GetBoolean());
        Assert.Equal(3, log.GetProperty("tokens_out").GetInt32());
        Assert.True(log.GetProperty("tokens_in").GetInt32() > 0);
        Assert.Equal("a", log.GetProperty("metadata").GetProperty("team").GetString());
        Assert.Equal(JsonValueKind.Null, log.GetProperty("feedback").ValueKind);
        var other = (await GetAsync(failed.LogId)).Json;
        Assert.Equal("workers-ai", other.GetProperty("provider").GetString());
        Assert.Equal(429, other.GetProperty("status_code").GetInt32());
        Assert.False(other.GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task Feedback_score_and_metadata_can_be_changed_each_alone_and_taken_back()
    {
        var run = await _bridge.RunAsync("openai/gpt", options: new { gateway = new { metadata = new { team = "a" } } });

        await PatchAsync(run.LogId, new { feedback = 1 });
        await PatchAsync(run.LogId, new { score = 87.5 });
        var log = (await GetAsync(run.LogId)).Json;
        Assert.Equal(1, log.GetProperty("feedback").GetInt32());
        Assert.Equal(87.5, log.GetProperty("score").GetDouble());
        Assert.Equal("a", log.GetProperty("metadata").GetProperty("team").GetString());

        await PatchAsync(run.LogId, new { feedback = (int?)null, metadata = new { team = "b" } });
        log = (await GetAsync(run.LogId)).Json;
        Assert.Equal(JsonValueKind.Null, log.GetProperty("feedback").ValueKind);
        Assert.Equal(87.5, log.GetProperty("score").GetDouble());
        Assert.Equal("b", log.GetProperty("metadata").GetProperty("team").GetString());
    }

    [Theory]
    [InlineData("{\"feedback\":2}")]
    [InlineData("{\"feedback\":0.5}")]
    [InlineData("{\"score\":101}")]
    [InlineData("{\"score\":\"high\"}")]
    [InlineData("{\"metadata\":[]}")]
    [InlineData("[]")]
    [InlineData("nothing")]
    public async Task A_patch_that_makes_no_sense_is_refused(string body)
    {
        var run = await _bridge.RunAsync("openai/gpt");

        using var response = await _bridge.Http.PatchAsync($"/gateways/default/logs/{run.LogId}", new StringContent(body));

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_entry_and_one_of_another_gateway_are_not_found()
    {
        var run = await _bridge.RunAsync("openai/gpt");

        Assert.Equal(404, (int)(await GetAsync("01ARZ3NDEKTSV4RRFFQ69G5FAV")).Status);
        Assert.Equal(404, (int)(await PatchAsync("01ARZ3NDEKTSV4RRFFQ69G5FAV", new { feedback = 1 })).Status);
        Assert.Equal(404, (int)(await _bridge.CallAsync(HttpMethod.Get, $"/gateways/other/logs/{run.LogId}")).Status);
    }

    [Fact]
    public async Task A_caller_that_wants_no_log_gets_none()
    {
        var run = await _bridge.RunAsync("openai/gpt", options: new { gateway = new { collectLog = false } });

        Assert.False(run.Headers.ContainsKey("cf-aig-log-id"));
        Assert.Equal(404, (int)(await GetAsync(_bridge.OnlyRun().LogId)).Status);
    }

    [Fact]
    public async Task The_url_of_the_gateway_and_of_a_provider_on_it()
    {
        var url = (await _bridge.CallAsync(HttpMethod.Get, "/gateways/mine/url")).Json.GetString()!;
        var provider = (await _bridge.CallAsync(HttpMethod.Get, "/gateways/mine/url?provider=openai")).Json.GetString();

        Assert.StartsWith("https://gateway.ai.cloudflare.com/v1/", url, StringComparison.Ordinal);
        Assert.EndsWith("/mine/", url, StringComparison.Ordinal);
        Assert.Equal(url + "openai", provider);
    }

    private Task<Reply> GetAsync(string id) => _bridge.CallAsync(HttpMethod.Get, $"/gateways/default/logs/{id}");

    private Task<Reply> PatchAsync(string id, object patch) => _bridge.CallAsync(HttpMethod.Patch, $"/gateways/default/logs/{id}", patch);
}
