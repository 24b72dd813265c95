using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class RestTests : IAsyncLifetime
{
    private const string Ai = "/client/v4/accounts/acc/ai/";

    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync()
    {
        _bridge = await Bridge.StartAsync();
        _bridge.Http.DefaultRequestHeaders.Add("cf-aig-gateway-id", "gw");
    }

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task A_run_streams_the_same_as_over_the_bridge_but_for_the_run_id()
    {
        var rest = await PostAsync("run", new { model = "openai/gpt", input = Bridge.Chat() });
        var bridge = await _bridge.RunAsync("openai/gpt");

        Assert.Equal("text/event-stream", rest.Headers["content-type"]);
        Assert.Equal(bridge.Body, rest.Body);
        Assert.False(rest.Headers.ContainsKey("cf-aig-run-id"));
        Assert.NotEmpty(rest.LogId);
    }

    [Fact]
    public async Task Run_ids_over_REST_are_an_option()
    {
        await using var bridge = await Bridge.StartAsync(new() { DefaultRate = 0, RestRunIds = true });
        var reply = await bridge.CallAsync(HttpMethod.Post, Ai + "run", new { model = "openai/gpt", input = Bridge.Chat() });

        Assert.Equal(reply.Body, (await bridge.ResumeAsync(reply.RunId, 0)).Body);
    }

    [Theory]
    [InlineData("run", "openai/gpt")]
    [InlineData("run/@cf/meta/llama~events=3", null)]
    public async Task JSON_is_in_an_envelope(string path, string? model)
    {
        object chat = Bridge.Chat(stream: false);
        var json = (await PostAsync(path, model is null ? chat : new { model, input = chat })).Json;

        Assert.True(json.GetProperty("success").GetBoolean());
        Assert.Empty(json.GetProperty("errors").EnumerateArray());
        Assert.True(json.GetProperty("result").TryGetProperty(model is null ? "response" : "choices", out _));
    }

    [Fact]
    public async Task A_Workers_AI_model_needs_its_gateway()
    {
        _bridge.Http.DefaultRequestHeaders.Clear();

        Assert.Equal(400, (int)(await PostAsync("run/@cf/meta/llama", Bridge.Chat())).Status);
        Assert.Equal(200, (int)(await PostAsync("run", new { model = "openai/gpt", input = Bridge.Chat() })).Status);
    }

    [Theory]
    [InlineData("v1/chat/completions", "openai/gpt", "chat.completion")]
    [InlineData("v1/chat/completions", "@cf/meta/llama", "chat.completion")]
    [InlineData("v1/responses", "openai/gpt", "response")]
    [InlineData("v1/embeddings", "@cf/baai/bge", "list")]
    public async Task The_APIs_answer_in_their_own_shape_without_an_envelope(string path, string model, string kind)
    {
        var json = (await PostAsync(path, new { model, input = new[] { "a", "b" } })).Json;

        Assert.Equal(kind, json.GetProperty("object").GetString());
        Assert.False(json.TryGetProperty("success", out _));
    }

    [Fact]
    public async Task Messages_are_Anthropic_s()
    {
        var events = (await PostAsync("v1/messages", new { model = "anthropic/claude", messages = Array.Empty<object>(), stream = true })).Events;

        Assert.Equal("message_start", events[0].Name);
        Assert.Equal("message_stop", events[^1].Name);
    }

    [Fact]
    public async Task Embeddings_follow_from_the_text_and_never_stream()
    {
        var both = (await PostAsync("v1/embeddings", new { model = "@cf/baai/bge", input = new[] { "a", "b" }, stream = true })).Json.GetProperty("data");
        var one = (await PostAsync("v1/embeddings", new { model = "openai/other", input = "b" })).Json.GetProperty("data");

        Assert.Equal((2, 1), (both.GetArrayLength(), one.GetArrayLength()));
        static string Vector(System.Text.Json.JsonElement data, int at) => data[at].GetProperty("embedding").GetRawText();
        Assert.Equal(Vector(both, 1), Vector(one, 0));
        Assert.NotEqual(Vector(both, 0), Vector(one, 0), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("run", "{}", 400)]
    [InlineData("run", "[", 400)]
    [InlineData("run/@cf/meta/llama", "[", 400)]
    [InlineData("run/@cf/meta/llama~nonsense", "{}", 400)]
    [InlineData("v1/responses", "{}", 400)]
    [InlineData("v1/images", "{\"model\":\"openai/gpt\"}", 404)]
    [InlineData("run", "{\"model\":\"mistral/large\",\"input\":{}}", 404)]
    public async Task What_it_does_not_take_is_refused(string path, string body, int status)
    {
        using var response = await _bridge.Http.PostAsync(Ai + path, new StringContent(body));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("\"success\":false", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_in_an_envelope_too()
    {
        const string Logs = "/client/v4/accounts/acc/ai-gateway/gateways/gw/logs/";
        var logId = (await PostAsync("run", new { model = "openai/gpt", input = Bridge.Chat() })).LogId;

        Assert.Equal(1, (await _bridge.CallAsync(HttpMethod.Patch, Logs + logId, new { feedback = 1 })).Json.GetProperty("result").GetProperty("feedback").GetInt32());
        Assert.Equal(logId, (await _bridge.CallAsync(HttpMethod.Get, Logs + logId)).Json.GetProperty("result").GetProperty("id").GetString());
        Assert.Equal(404, (int)(await _bridge.CallAsync(HttpMethod.Get, Logs + "x")).Status);
    }

    private Task<Reply> PostAsync(string path, object body) => _bridge.CallAsync(HttpMethod.Post, Ai + path, body);
}
