using System.Text.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class OpenAiWireTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Theory]
    [InlineData("openai/gpt-5-mini")]
    [InlineData("google/gemini-2.5-flash")]
    [InlineData("xai/grok-4")]
    [InlineData("groq/llama")]
    [InlineData("deepseek/deepseek-chat")]
    [InlineData("alibaba/qwen")]
    [InlineData("minimax/m2")]
    public async Task The_providers_of_the_run_catalog_answer_in_chunks(string model)
    {
        var reply = await _bridge.RunAsync(model + "~events=3");

        Assert.Equal("text/event-stream", reply.Headers["content-type"]);
        Assert.Equal("MISS", reply.Headers["cf-aig-cache-status"]);
        Assert.False(reply.Headers.ContainsKey("cf-aig-step"));
        Assert.NotEmpty(reply.LogId);
        Assert.NotEmpty(reply.RunId);
        Assert.Equal(7, reply.Events.Count);
        Assert.All(reply.Events.SkipLast(1), e =>
        {
            Assert.Equal("chat.completion.chunk", e.Json.GetProperty("object").GetString());
            Assert.Equal(model.Split('/')[1], e.Json.GetProperty("model").GetString());
            Assert.StartsWith("chatcmpl-", e.Json.GetProperty("id").GetString(), StringComparison.Ordinal);
            Assert.True(e.Json.GetProperty("created").GetInt64() > 1_700_000_000);
        });
        Assert.Equal("[DONE]", reply.Events[^1].Data);
    }

    [Fact]
    public async Task The_stream_is_role_text_finish_usage_and_marker()
    {
        var events = (await _bridge.RunAsync("openai/gpt-5-mini~events=2")).Events;

        Assert.Equal("assistant", Delta(events[0]).GetProperty("role").GetString());
        Assert.NotEmpty(Delta(events[1]).GetProperty("content").GetString()!);
        Assert.StartsWith(" ", Delta(events[2]).GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, Choice(events[2]).GetProperty("finish_reason").ValueKind);
        Assert.Equal("stop", Choice(events[3]).GetProperty("finish_reason").GetString());
        Assert.Equal(0, events[4].Json.GetProperty("choices").GetArrayLength());
        var usage = events[4].Json.GetProperty("usage");
        Assert.Equal(2, usage.GetProperty("completion_tokens").GetInt32());
        Assert.Equal(
            usage.GetProperty("prompt_tokens").GetInt32() + 2, usage.GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task Reasoning_comes_before_the_text_and_a_tool_call_after_it()
    {
        var events = (await _bridge.RunAsync("openai/gpt-5-mini~events=1~reasoning=2~tool")).Events;

        Assert.True(Delta(events[1]).TryGetProperty("reasoning_content", out _));
        Assert.True(Delta(events[2]).TryGetProperty("reasoning_content", out _));
        Assert.True(Delta(events[3]).TryGetProperty("content", out _));
        var call = Delta(events[4]).GetProperty("tool_calls")[0];
        Assert.StartsWith("call_", call.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("lookup", call.GetProperty("function").GetProperty("name").GetString());
        var arguments = string.Concat(events.Skip(5).TakeWhile(e => Choice(e).GetProperty("finish_reason").ValueKind == JsonValueKind.Null)
            .Select(e => Delta(e).GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString()));
        Assert.Equal(5, JsonElement.Parse(arguments).GetProperty("limit").GetInt32());
        Assert.Equal("tool_calls", Choice(events[^3]).GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Without_stream_the_answer_is_one_completion_with_the_same_text()
    {
        var streamed = (await _bridge.RunAsync("openai/gpt-5-mini~reasoning~tool")).Events;
        var whole = await _bridge.RunAsync("openai/gpt-5-mini~reasoning~tool", Bridge.Chat(stream: false));

        Assert.Equal("application/json", whole.Headers["content-type"]);
        Assert.False(whole.Headers.ContainsKey("cf-aig-run-id"));
        Assert.Equal("chat.completion", whole.Json.GetProperty("object").GetString());
        var choice = whole.Json.GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        var message = choice.GetProperty("message");
        Assert.Equal(Said.OpenAi(streamed), message.GetProperty("content").GetString());
        Assert.Equal(Said.OpenAi(streamed, "reasoning_content"), message.GetProperty("reasoning_content").GetString());
        Assert.Equal("lookup", message.GetProperty("tool_calls")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal(18 + 12, whole.Json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Every_text_event_has_the_size_that_was_asked_for()
    {
        var events = (await _bridge.RunAsync("openai/gpt-5-mini~events=50~bytes=260")).Events;

        Assert.All(events.Skip(1).Take(50), e => Assert.Equal(260, e.Raw.Length));
        Assert.All(events.SkipLast(1), e => Assert.Equal(JsonValueKind.Object, e.Json.ValueKind));
    }

    private static JsonElement Choice(SseEvent e) => e.Json.GetProperty("choices")[0];

    private static JsonElement Delta(SseEvent e) => Choice(e).GetProperty("delta");
}
