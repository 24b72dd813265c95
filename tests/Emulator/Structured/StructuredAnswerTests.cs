using System.Text.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests.Structured;

/// <summary>Asked for a schema, a model answers with what keeps to it.</summary>
public sealed class StructuredAnswerTests
{
    private const string Schema = """
        {"type":"object","properties":{"city":{"type":"string","minLength":3,"maxLength":8},"degrees":{"type":"integer","minimum":-5,"maximum":5},
        "sky":{"enum":["clear","grey"]},"day":{"type":"string","format":"date"},"more":{"type":"array","items":{"$ref":"#"},"maxItems":1}},
        "required":["city","degrees","sky","day"],"additionalProperties":false}
        """;

    [Theory]
    [InlineData("openai/gpt-5-mini", """{"messages":[],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":SCHEMA}},"stream":true}""")]
    [InlineData("anthropic/claude-haiku-4.5", """{"messages":[],"output_format":{"type":"json_schema","schema":SCHEMA},"stream":true}""")]
    public async Task The_text_is_JSON_of_the_schema(string model, string inputs)
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync(model, JsonElement.Parse(inputs.Replace("SCHEMA", Schema, StringComparison.Ordinal)));

        Assert.True(reply.Events.Count > 8);
        var text = model.StartsWith("openai", StringComparison.Ordinal) ? Said.OpenAi(reply.Events) : Said.Anthropic(reply.Events);
        AssertKeeps(JsonElement.Parse(text));
    }

    [Fact]
    public async Task So_it_is_without_a_stream_and_natively()
    {
        await using var bridge = await Bridge.StartAsync();
        var inputs = """{"messages":[],"response_format":{"type":"json_schema","json_schema":SCHEMA}}""".Replace("SCHEMA", Schema, StringComparison.Ordinal);

        var reply = await bridge.RunAsync("@cf/meta/llama", JsonElement.Parse(inputs));

        AssertKeeps(JsonElement.Parse(reply.Json.GetProperty("response").GetString()!));
    }

    [Fact]
    public async Task A_mismatch_strikes_as_often_as_it_is_told_to()
    {
        await using var bridge = await Bridge.StartAsync();
        var inputs = JsonElement.Parse("""{"messages":[],"response_format":{"type":"json_schema","json_schema":SCHEMA}}""".Replace("SCHEMA", Schema, StringComparison.Ordinal));

        var first = await bridge.RunAsync("@cf/meta/llama~mismatch=x1", inputs);
        var second = await bridge.RunAsync("@cf/meta/llama~mismatch=x1", inputs);

        Assert.True(JsonElement.Parse(first.Json.GetProperty("response").GetString()!).TryGetProperty("unasked", out _));
        AssertKeeps(JsonElement.Parse(second.Json.GetProperty("response").GetString()!));
    }

    private static void AssertKeeps(JsonElement value)
    {
        Assert.InRange(value.GetProperty("city").GetString()!.Length, 3, 8);
        Assert.InRange(value.GetProperty("degrees").GetInt32(), -5, 5);
        Assert.True(value.GetProperty("sky").GetString() is "clear" or "grey");
        Assert.Equal("2026-03-14", value.GetProperty("day").GetString());
        if (value.TryGetProperty("more", out var more))
        {
            Assert.All(more.EnumerateArray(), AssertKeeps);
        }
    }
}
