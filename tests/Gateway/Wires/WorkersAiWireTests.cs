namespace Orchestrator.Gateway.Tests.Wires;

public sealed class WorkersAiWireTests
{
    [Theory]
    [InlineData("{\"response\":\"Hi\",\"p\":\"abcdefgh\"}", "Hi")]
    [InlineData("{\"response\":5}", "5")]
    [InlineData("{\"response\":-1.50e3}", "-1.50e3")]
    [InlineData("{\"response\":true}", "true")]
    [InlineData("{\"response\":{\"a\": [\"ü\", 1]}}", "{\"a\": [\"ü\", 1]}")]
    public void A_response_becomes_text(string json, string text)
    {
        foreach (var wire in new[] { WireFormat.WorkersAi, WireFormat.Unknown })
        {
            Assert.Equal([$"Text:{text}"], Reading.Data(wire, json).Lines());
            Assert.Equal([$"Text:{text}"], Reading.Document(wire, json).Lines());
        }
    }

    [Theory]
    [InlineData("{\"response\":\"\"}")]
    [InlineData("{\"response\":null}")]
    [InlineData("{\"p\":\"abc\"}")]
    public void Nothing_gives_nothing(string json) => Assert.Empty(Reading.Data(WireFormat.WorkersAi, json).Lines());

    [Fact]
    public void The_last_chunk_tells_the_usage() =>
        Assert.Equal(
            new TokenUsage(26, 12, 38),
            Reading.Data(WireFormat.WorkersAi, "{\"response\":\"\",\"usage\":{\"prompt_tokens\":26,\"completion_tokens\":12,\"total_tokens\":38}}").Usage);

    [Fact]
    public void Native_tool_calls_have_arguments_that_are_an_object()
    {
        var reading = Reading.Document(
            WireFormat.WorkersAi,
            "{\"response\":null,\"tool_calls\":[{\"name\":\"f\",\"arguments\":{\"a\":1}},{\"name\":\"g\",\"arguments\":{}}],\"finish_reason\":\"tool_calls\"}");

        Assert.Equal(["ToolCall[0] id= name=f:{\"a\":1}", "ToolCall[1] id= name=g:{}"], reading.Lines());
        Assert.Equal(FinishReasons.ToolCalls, reading.FinishReason);
    }

    [Fact]
    public void Events_in_the_shape_of_OpenAI_are_told_by_their_choices() =>
        Assert.Equal(["Text:Hi"], Reading.Data(WireFormat.WorkersAi, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}").Lines());

    [Theory]
    [InlineData("{\"response\":\"Hi\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"}}]}")]
    [InlineData("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"}}],\"response\":\"Hi\"}")]
    public void An_answer_in_both_shapes_is_said_once(string json) =>
        Assert.Equal(["Text:Hi"], Reading.Document(WireFormat.WorkersAi, json).Lines());

    [Fact]
    public void A_native_answer_on_the_OpenAI_wire_is_not_read() =>
        Assert.Empty(Reading.Data(WireFormat.OpenAi, "{\"response\":\"Hi\"}").Lines());

    [Theory]
    [InlineData("{\"errors\":[{\"message\":\"3040: Capacity temporarily exceeded, please try again.\"}],\"success\":false}", "3040", ErrorCodes.RateLimit)]
    [InlineData("{\"error\":\"3036: You have used up your daily free allocation\"}", "3036", ErrorCodes.RateLimit)]
    [InlineData("{\"error\":\"AiError: 3006: Request is too large\"}", "3006", ErrorCodes.BadRequest)]
    [InlineData("{\"errors\":[{\"message\":\"No such model\",\"code\":5007}]}", "5007", ErrorCodes.BadRequest)]
    public void Internal_codes_classify_errors(string json, string upstreamCode, string code)
    {
        var error = Reading.Data(WireFormat.WorkersAi, json).Error!;

        Assert.Equal((upstreamCode, code), (error.UpstreamCode, error.Code));
    }

    [Fact]
    public void Done_is_the_end() => Assert.True(Reading.Data(WireFormat.WorkersAi, "[DONE]").Terminal);
}
