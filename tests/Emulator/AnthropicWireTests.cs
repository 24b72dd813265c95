using System.Text.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class AnthropicWireTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task Events_are_named_after_their_type_and_come_in_the_documented_order()
    {
        var events = (await _bridge.RunAsync("anthropic/claude-haiku-4.5~events=2")).Events;

        Assert.Equal(
            [
                "message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta", "content_block_stop",
                "message_delta", "message_stop",
            ],
            events.Select(e => e.Name!),
            StringComparer.Ordinal);
        Assert.All(events, e => Assert.Equal(e.Name, e.Json.GetProperty("type").GetString()));
        var message = events[0].Json.GetProperty("message");
        Assert.Equal("claude-haiku-4.5", message.GetProperty("model").GetString());
        Assert.StartsWith("msg_", message.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.True(message.GetProperty("usage").GetProperty("input_tokens").GetInt32() > 0);
        Assert.Equal("end_turn", events[6].Json.GetProperty("delta").GetProperty("stop_reason").GetString());
        Assert.Equal(2, events[6].Json.GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Fact]
    public async Task Thinking_text_and_tool_use_are_blocks_of_their_own()
    {
        var events = (await _bridge.RunAsync("anthropic/claude-haiku-4.5~events=2~reasoning=2~tool")).Events;

        var starts = events.Where(e => e.Name == "content_block_start").Select(e => e.Json).ToList();
        Assert.Equal([0, 1, 2], starts.Select(s => s.GetProperty("index").GetInt32()));
        Assert.Equal(
            ["thinking", "text", "tool_use"],
            starts.Select(s => s.GetProperty("content_block").GetProperty("type").GetString()!),
            StringComparer.Ordinal);
        Assert.Equal(3, events.Count(e => e.Name == "content_block_stop"));
        Assert.NotEmpty(Said.Anthropic(events, "thinking"));
        Assert.NotEmpty(Said.Anthropic(events, "signature"));
        Assert.Equal(5, JsonElement.Parse(Said.Anthropic(events, "partial_json")).GetProperty("limit").GetInt32());
        Assert.Equal("tool_use", events[^2].Json.GetProperty("delta").GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Without_stream_the_answer_is_one_message_with_the_same_text()
    {
        var streamed = (await _bridge.RunAsync("anthropic/claude-haiku-4.5~reasoning~tool")).Events;
        var whole = (await _bridge.RunAsync("anthropic/claude-haiku-4.5~reasoning~tool", Bridge.Chat(stream: false))).Json;

        Assert.Equal("message", whole.GetProperty("type").GetString());
        var content = whole.GetProperty("content");
        Assert.Equal(Said.Anthropic(streamed, "thinking"), content[0].GetProperty("thinking").GetString());
        Assert.Equal(Said.Anthropic(streamed), content[1].GetProperty("text").GetString());
        Assert.Equal(5, content[2].GetProperty("input").GetProperty("limit").GetInt32());
        Assert.Equal("tool_use", whole.GetProperty("stop_reason").GetString());
    }
}
