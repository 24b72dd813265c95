using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class UniversalEndpointTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task The_first_entry_is_served_and_is_not_resumable()
    {
        var reply = await _bridge.UniversalAsync(OpenAi("gpt~events=2"), OpenAi("other"));

        Assert.Equal("0", reply.Headers["cf-aig-step"]);
        Assert.False(reply.Headers.ContainsKey("cf-aig-run-id"));
        Assert.Equal("gpt", reply.Events[0].Json.GetProperty("model").GetString());
        Assert.Equal(1, _bridge.Counters.Dispatches);
    }

    [Theory]
    [InlineData("status=500")]
    [InlineData("refuse")]
    [InlineData("contextlength")]
    public async Task An_entry_that_fails_before_its_first_event_hands_over_to_the_next(string fault)
    {
        var reply = await _bridge.UniversalAsync(OpenAi($"gpt~{fault}"), Entry("anthropic", "v1/messages", "claude~events=1"));

        Assert.Equal("1", reply.Headers["cf-aig-step"]);
        Assert.Equal("message_start", reply.Events[0].Name);
        Assert.Equal(2, _bridge.Counters.Dispatches);
    }

    [Fact]
    public async Task When_all_fail_the_last_error_is_the_answer()
    {
        var reply = await _bridge.UniversalAsync(OpenAi("gpt~status=500"), OpenAi("gpt~status=429~retryafter=7"));

        Assert.Equal(429, (int)reply.Status);
        Assert.Equal("7", reply.Headers["retry-after"]);
        Assert.Equal("1", reply.Headers["cf-aig-step"]);
    }

    [Fact]
    public async Task Workers_ai_and_google_name_the_model_in_the_endpoint_and_answer_natively()
    {
        var cloudflare = await _bridge.UniversalAsync(new { provider = "workers-ai", endpoint = "@cf/meta/llama~events=1", query = Bridge.Chat() });
        var google = await _bridge.UniversalAsync(new
        {
            provider = "google-ai-studio",
            endpoint = "v1beta/models/gemini-2.5-flash~events=2:streamGenerateContent?alt=sse",
            query = new { contents = new[] { new { role = "user", parts = new[] { new { text = "hello" } } } } },
        });

        Assert.True(cloudflare.Events[0].Json.TryGetProperty("response", out _));
        Assert.Equal(3, google.Events.Count);
        Assert.Equal("gemini-2.5-flash", google.Events[0].Json.GetProperty("modelVersion").GetString());
        Assert.Equal("STOP", google.Events[2].Json.GetProperty("candidates")[0].GetProperty("finishReason").GetString());
        Assert.Contains("\r\n\r\n", google.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_entry_s_headers_win_over_the_request_s()
    {
        _bridge.Http.DefaultRequestHeaders.Add("cf-aig-metadata", "{\"run\":\"request\"}");
        await _bridge.UniversalAsync(new
        {
            provider = "openai",
            endpoint = "v1/chat/completions",
            headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["cf-aig-metadata"] = "{\"run\":\"entry\"}" },
            query = new { model = "gpt", messages = Array.Empty<object>(), stream = true },
        });

        Assert.Equal("entry", Assert.Single(_bridge.Counters.PerKey).Key);
    }

    [Theory]
    [InlineData("[]", 400, "7001")]
    [InlineData("{}", 400, "7001")]
    [InlineData("[{\"provider\":\"minimax\",\"endpoint\":\"x\",\"query\":{}}]", 400, "2008")]
    public async Task What_it_does_not_take_is_refused(string body, int status, string code)
    {
        using var response = await _bridge.Http.PostAsync("/gateways/default/run", new StringContent(body));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains($"\"code\":{code}", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static object OpenAi(string model) => Entry("openai", "v1/chat/completions", model);

    private static object Entry(string provider, string endpoint, string model) => new
    {
        provider,
        endpoint,
        headers = new { },
        query = new { model, messages = new[] { new { role = "user", content = "hello" } }, stream = true },
    };
}
