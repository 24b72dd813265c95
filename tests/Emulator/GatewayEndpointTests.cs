using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

/// <summary>The gateway endpoints: a provider's own paths and the universal one, with what the gateway does by itself.</summary>
public sealed class GatewayEndpointTests : IAsyncLifetime
{
    private const string Gateway = "/v1/acc/gw";

    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Theory]
    [InlineData("openai/v1/chat/completions", "gpt", "chat.completion.chunk")]
    [InlineData("groq/chat/completions", "llama", "chat.completion.chunk")]
    [InlineData("compat/chat/completions", "anthropic/claude", "chat.completion.chunk")]
    [InlineData("compat/chat/completions", "workers-ai/@cf/meta/llama", "chat.completion.chunk")]
    [InlineData("workers-ai/v1/chat/completions", "@cf/meta/llama", "chat.completion.chunk")]
    [InlineData("google-ai-studio/v1beta/openai/chat/completions", "gemini", "chat.completion.chunk")]
    public async Task OpenAI_s_API_answers_in_its_chunks(string path, string model, string kind)
    {
        var reply = await PostAsync(path, new { model, messages = Array.Empty<object>(), stream = true });

        Assert.Equal(kind, reply.Events[0].Json.GetProperty("object").GetString());
        Assert.False(reply.Headers.ContainsKey("cf-aig-run-id"));
        Assert.False(reply.Headers.ContainsKey("cf-aig-step"));
    }

    [Fact]
    public async Task Anthropic_Workers_AI_and_Google_answer_natively()
    {
        var anthropic = await PostAsync("anthropic/v1/messages", new { model = "claude", messages = Array.Empty<object>(), stream = true });
        var workers = await PostAsync("workers-ai/@cf/meta/llama~events=2", new { messages = Array.Empty<object>(), stream = true });
        object contents = new { contents = new[] { new { role = "user", parts = new[] { new { text = "hello" } } } } };
        var google = await PostAsync("google-ai-studio/v1beta/models/gemini~events=2:streamGenerateContent?alt=sse", contents);
        var whole = await PostAsync("google-ai-studio/v1beta/models/gemini~events=2:generateContent", contents);

        Assert.Equal("message_start", anthropic.Events[0].Name);
        Assert.True(workers.Events[0].Json.TryGetProperty("response", out _));
        Assert.Equal((3, "gemini"), (google.Events.Count, google.Events[0].Json.GetProperty("modelVersion").GetString()));
        Assert.Equal("STOP", whole.Json.GetProperty("candidates")[0].GetProperty("finishReason").GetString());
    }

    [Fact]
    public async Task Responses_are_named_events_whose_text_is_the_chat_s()
    {
        object Body(bool stream) => new { model = "gpt~reasoning=2~tool", input = "hello", stream };
        var events = (await PostAsync("openai/v1/responses", Body(stream: true))).Events;
        var whole = (await PostAsync("openai/v1/responses", Body(stream: false))).Json;
        var chat = await _bridge.RunAsync("openai/gpt");

        Assert.Equal(("response.created", "response.completed"), (events[0].Name, events[^1].Name));
        Assert.All(events, e => Assert.Equal(e.Name, e.Json.GetProperty("type").GetString()));
        var text = string.Concat(events.Where(e => e.Name == "response.output_text.delta").Select(e => e.Json.GetProperty("delta").GetString()));
        Assert.Equal(Said.OpenAi(chat.Events), text);
        Assert.Equal(text, whole.GetProperty("output")[1].GetProperty("content")[0].GetProperty("text").GetString());
        var completed = events[^1].Json.GetProperty("response");
        Assert.Equal(whole.GetProperty("usage").GetRawText(), completed.GetProperty("usage").GetRawText(), StringComparer.Ordinal);
        Assert.Equal(text, completed.GetProperty("output")[1].GetProperty("content")[0].GetProperty("text").GetString());
        var arguments = string.Concat(events.Where(e => e.Name == "response.function_call_arguments.delta").Select(e => e.Json.GetProperty("delta").GetString()));
        Assert.Equal(completed.GetProperty("output")[2].GetProperty("arguments").GetString(), arguments);
        Assert.True(completed.GetProperty("usage").GetProperty("output_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task The_universal_endpoint_falls_back()
    {
        var reply = await UniversalAsync("gpt~status=500", "gpt~events=1");

        Assert.Equal("1", reply.Headers["cf-aig-step"]);
        Assert.Equal(2, _bridge.Counters.Dispatches);
    }

    [Theory]
    [InlineData("gpt~status=500x2", 3, 200)]
    [InlineData("gpt~status=500x2", 2, 500)]
    [InlineData("gpt~refusex1", null, 0)]
    [InlineData("gpt~status=429", 9, 429)]
    public async Task It_tries_again_as_often_as_it_is_told(string model, int? attempts, int status)
    {
        var name = model.Replace("refusex1", "refuse=x1", StringComparison.Ordinal);
        if (attempts is { } count)
        {
            _bridge.Http.DefaultRequestHeaders.Add("cf-aig-max-attempts", $"{count}");
        }

        _bridge.Http.DefaultRequestHeaders.Add("cf-aig-retry-delay", "1");
        _bridge.Http.DefaultRequestHeaders.Add("cf-aig-backoff", "exponential");
        object body = new { model = name, messages = Array.Empty<object>() };
        if (status == 0)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync("openai/v1/chat/completions", body));
        }
        else
        {
            Assert.Equal(status, (int)(await PostAsync("openai/v1/chat/completions", body)).Status);
        }

        Assert.Equal(Math.Min(attempts ?? 1, 5), _bridge.Counters.Dispatches);
    }

    [Theory]
    [InlineData("gpt~hold=60000")]
    [InlineData("gpt~first=60000")]
    public async Task A_first_byte_that_does_not_come_in_time_is_given_up(string model)
    {
        _bridge.Http.DefaultRequestHeaders.Add("cf-aig-request-timeout", "20");
        var alone = await PostAsync("openai/v1/chat/completions", new { model, messages = Array.Empty<object>(), stream = true });
        var reply = await UniversalAsync(model, "gpt~events=1");

        Assert.Equal(408, (int)alone.Status);
        Assert.Equal("1", reply.Headers["cf-aig-step"]);
    }

    [Theory]
    [InlineData("Bearer open sesame", 200)]
    [InlineData("Bearer other", 401)]
    [InlineData(null, 401)]
    public async Task The_token_has_a_header_of_its_own(string? token, int status)
    {
        await using var bridge = await Bridge.StartAsync(new() { Secret = "open sesame", DefaultRate = 0 });
        bridge.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer sk-of-the-provider");
        if (token is not null)
        {
            bridge.Http.DefaultRequestHeaders.TryAddWithoutValidation("cf-aig-authorization", token);
        }

        object body = new { model = "gpt", messages = Array.Empty<object>() };
        Assert.Equal(status, (int)(await bridge.CallAsync(HttpMethod.Post, $"{Gateway}/openai/v1/chat/completions", body)).Status);
        Assert.Equal(status == 200 ? 400 : 401, (int)(await bridge.CallAsync(HttpMethod.Post, Gateway, Array.Empty<object>())).Status);
    }

    [Theory]
    [InlineData("/v1/acc/missing/openai/v1/chat/completions", "{}", "2001")]
    [InlineData("/v1/acc/gw/minimax/v1/chat/completions", "{}", "2008")]
    [InlineData("/v1/acc/gw/openai/v1/chat/completions", "[", "7001")]
    [InlineData("/v1/acc/gw/openai/v1/chat/completions", "{\"model\":\"gpt~nonsense\"}", "7001")]
    [InlineData("/v1/acc/gw", "{}", "7001")]
    public async Task What_it_does_not_take_is_refused(string path, string body, string code)
    {
        using var response = await _bridge.Http.PostAsync(path, new StringContent(body));

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains($"\"code\":{code}", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<Reply> PostAsync(string path, object body) => _bridge.CallAsync(HttpMethod.Post, $"{Gateway}/{path}", body);

    private Task<Reply> UniversalAsync(params string[] models) => _bridge.CallAsync(HttpMethod.Post, Gateway, models.Select(model => new
    {
        provider = "openai",
        endpoint = "v1/chat/completions",
        query = new { model, messages = Array.Empty<object>(), stream = true },
    }));
}
