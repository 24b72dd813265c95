using System.Text;
using System.Text.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

/// <summary>Settings that change what the gateway generated: a resume shows the same.</summary>
public sealed class StreamContentTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task Truncate_ends_the_generation_without_finish_and_marker()
    {
        var first = await _bridge.RunAsync("openai/gpt~truncate=6");
        var second = await _bridge.ResumeAsync(first.RunId, 6);

        Assert.False(first.Broken);
        Assert.Equal(6, first.Events.Count);
        Assert.Empty(second.Body);
    }

    [Theory]
    [InlineData("openai/gpt", "\"finish_reason\":\"stop\"")]
    [InlineData("anthropic/claude", "\"stop_reason\":\"end_turn\"")]
    [InlineData("@cf/meta/llama", "\"usage\"")]
    public async Task Nodone_ends_after_the_finish_without_the_marker(string model, string finish)
    {
        var with = await _bridge.RunAsync(model);
        var without = await _bridge.RunAsync(model + "~nodone");

        Assert.True(with.Events[^1].IsMarker);
        Assert.Equal(with.Events.SkipLast(1).SelectMany(e => e.Raw), without.Body);
        Assert.Contains(finish, without.Text, StringComparison.Ordinal);
    }

    /// <summary>Anthropic counts them apart from the rest, the others among it.</summary>
    [Theory]
    [InlineData("anthropic/claude", "\"usage\":{\"input_tokens\":4,\"cache_creation_input_tokens\":20,\"cache_read_input_tokens\":100,\"output_tokens\":")]
    [InlineData("openai/gpt", "\"usage\":{\"prompt_tokens\":124,\"completion_tokens\":10,\"total_tokens\":134,\"prompt_tokens_details\":{\"cached_tokens\":100}")]
    [InlineData("openai/gpt~wire=openai-responses", "\"usage\":{\"input_tokens\":124,\"output_tokens\":10,\"total_tokens\":134,\"input_tokens_details\":{\"cached_tokens\":100}")]
    [InlineData("openai/gpt~wire=google", "\"totalTokenCount\":134,\"cachedContentTokenCount\":100}")]
    [InlineData("@cf/meta/llama", "\"usage\":{\"prompt_tokens\":124,\"completion_tokens\":10,\"total_tokens\":134,\"prompt_tokens_details\":{\"cached_tokens\":100}}")]
    public async Task A_cache_that_was_read_or_written_is_in_the_usage(string model, string usage)
    {
        var plain = await _bridge.RunAsync(model);
        var cached = await _bridge.RunAsync(model + "~cached=100~cachewrite=20");

        Assert.DoesNotContain("cache", plain.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(usage, cached.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_arrives_in_the_stream_in_the_wire_s_own_shape()
    {
        var openAi = (await _bridge.RunAsync("openai/gpt~error=3")).Events;
        var anthropic = (await _bridge.RunAsync("anthropic/claude~error=3")).Events;
        var workersAi = (await _bridge.RunAsync("@cf/meta/llama~error=3")).Events;
        var google = (await _bridge.RunAsync("openai/gpt~wire=google~error=0")).Events;

        Assert.Equal(4, openAi.Count);
        Assert.Equal("server_error", openAi[3].Json.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(4, anthropic.Count);
        Assert.Equal("error", anthropic[3].Name);
        Assert.Equal("overloaded_error", anthropic[3].Json.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(4, workersAi.Count);
        Assert.StartsWith("3040: ", workersAi[3].Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("UNAVAILABLE", Assert.Single(google).Json.GetProperty("error").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("openai/gpt", 3)]
    [InlineData("anthropic/claude", 4)]
    [InlineData("@cf/meta/llama", 2)]
    [InlineData("openai/gpt~crlf", 3)]
    public async Task Malformed_breaks_the_json_of_that_event_alone(string model, int at)
    {
        var events = (await _bridge.RunAsync($"{model}~malformed={at}")).Events;

        for (var i = 0; i < events.Count; i++)
        {
            if (i == at)
            {
                Assert.ThrowsAny<JsonException>(() => events[i].Json);
            }
            else if (!events[i].IsMarker)
            {
                Assert.Equal(JsonValueKind.Object, events[i].Json.ValueKind);
            }
        }
    }

    [Fact]
    public async Task Crlf_ends_every_line()
    {
        var plain = await _bridge.RunAsync("anthropic/claude");
        var crlf = await _bridge.RunAsync("anthropic/claude~crlf");

        Assert.Equal(plain.Text.Replace("\n", "\r\n", StringComparison.Ordinal), crlf.Text);
    }

    [Theory]
    [InlineData("comments", ": ping\n\n", "")]
    [InlineData("comments=blank", "\n", "")]
    [InlineData("comments=inside", "", ": ping\n")]
    public async Task Comments_are_no_events_and_do_not_count(string key, string before, string inside)
    {
        var plain = await _bridge.RunAsync("openai/gpt");
        var with = await _bridge.RunAsync("openai/gpt~" + key);

        Assert.Equal(string.Concat(plain.Events.Select(e => before + inside + Encoding.UTF8.GetString(e.Raw))), with.Text);
        Assert.Equal(plain.Events.Count, _bridge.Counters.Runs[1].TotalEvents);
        var rest = await _bridge.ResumeAsync(with.RunId, 5);
        Assert.Equal(plain.Events.Skip(5).Select(e => e.Data), rest.Events.Select(e => e.Data), StringComparer.Ordinal);
        Assert.Equal(with.Text.Replace(before.Length == 0 ? "no block" : before + "data", "data", StringComparison.Ordinal),
            Encoding.UTF8.GetString(await _bridge.TruthAsync(with.RunId, "?comments=false")));
    }

    [Fact]
    public async Task Big_makes_one_event_of_several_mebibytes()
    {
        const int Size = 3 * 1024 * 1024;

        var reply = await _bridge.RunAsync($"openai/gpt~big={Size}");

        Assert.InRange(Assert.Single(reply.Events, e => e.Raw.Length > 1000).Raw.Length, Size, Size + 1000);
        Assert.True(reply.Events[^1].IsMarker);
    }

    [Fact]
    public async Task Nonstream_answers_json_where_a_stream_was_asked_for()
    {
        var reply = await _bridge.RunAsync("anthropic/claude~nonstream");

        Assert.Equal("application/json", reply.Headers["content-type"]);
        Assert.Equal("message", reply.Json.GetProperty("type").GetString());
    }
}
