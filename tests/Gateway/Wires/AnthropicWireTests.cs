namespace Orchestrator.Gateway.Tests.Wires;

public sealed class AnthropicWireTests
{
    [Fact]
    public void Message_start_tells_the_model_and_the_input_cached_tokens_included()
    {
        var reading = Event(
            "message_start",
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5\","
            + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":25,\"cache_creation_input_tokens\":100,"
            + "\"cache_read_input_tokens\":1000,\"cache_creation\":{\"ephemeral_5m_input_tokens\":100},\"output_tokens\":1}}}");

        Assert.Equal("claude-haiku-4-5", reading.Model);
        Assert.Equal(new TokenUsage(1125, 1, null) { CacheRead = 1_000, CacheWritten = 100 }, reading.Usage);
        Assert.Null(reading.FinishReason);
    }

    [Theory]
    [InlineData("{\"type\":\"text_delta\",\"text\":\"Hi\"}", "Text:Hi")]
    [InlineData("{\"text\":\"Hi\",\"type\":\"text_delta\"}", "Text:Hi")]
    [InlineData("{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}", "Reasoning:hm")]
    [InlineData("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\"}", "ToolCall[2] id= name=:{\"a\":")]
    public void A_block_delta_gives_what_it_adds(string delta, string line)
    {
        Assert.Equal([line], Event("content_block_delta", $"{{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{delta}}}").Lines());
        Assert.Equal([line], Event("content_block_delta", $"{{\"delta\":{delta},\"index\":2,\"type\":\"content_block_delta\"}}").Lines());
    }

    [Theory]
    [InlineData("{\"type\":\"signature_delta\",\"signature\":\"EqQB\"}")]
    [InlineData("{\"type\":\"input_json_delta\",\"partial_json\":\"\"}")]
    [InlineData("{\"type\":\"text_delta\",\"text\":\"\"}")]
    public void A_block_delta_that_adds_nothing_gives_nothing(string delta) =>
        Assert.Empty(Event("content_block_delta", $"{{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{delta}}}").Lines());

    [Fact]
    public void A_block_start_names_the_tool()
    {
        var reading = Event(
            "content_block_start",
            "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"get_weather\",\"input\":{}}}");

        Assert.Equal(["ToolCall[1] id=toolu_1 name=get_weather:"], reading.Lines());
    }

    [Fact]
    public void A_block_start_may_bring_the_whole_input() =>
        Assert.Equal(
            ["ToolCall[1] id=t name=f:{\"a\":[1,{}], \"b\":{}}"],
            Event("content_block_start", "{\"index\":1,\"content_block\":{\"input\":{\"a\":[1,{}], \"b\":{}},\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\"}}")
                .Lines());

    [Theory]
    [InlineData("{\"type\":\"text\",\"text\":\"\"}")]
    [InlineData("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")]
    public void Other_blocks_start_empty(string block) =>
        Assert.Empty(Event("content_block_start", $"{{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{block}}}").Lines());

    [Theory]
    [InlineData("end_turn", FinishReasons.Stop)]
    [InlineData("stop_sequence", FinishReasons.Stop)]
    [InlineData("max_tokens", FinishReasons.Length)]
    [InlineData("tool_use", FinishReasons.ToolCalls)]
    [InlineData("refusal", FinishReasons.ContentFilter)]
    [InlineData("pause_turn", FinishReasons.Other)]
    public void Message_delta_tells_why_it_ends_and_the_output(string told, string expected)
    {
        var reading = Event(
            "message_delta",
            $"{{\"type\":\"message_delta\",\"delta\":{{\"stop_reason\":\"{told}\",\"stop_sequence\":null}},\"usage\":{{\"output_tokens\":15}}}}");

        Assert.Equal(expected, reading.FinishReason);
        Assert.Equal(new TokenUsage(null, 15, null), reading.Usage);
        Assert.False(reading.Terminal);
    }

    [Theory]
    [InlineData("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")]
    [InlineData("data: {\"type\":\"message_stop\"}\n\n")]
    [InlineData("event: message_stop\ndata: {}\n\n")]
    [InlineData("event: message_stop\n\n")]
    public void Message_stop_is_the_end(string raw) => Assert.True(Reading.Event(WireFormat.Anthropic, raw).Terminal);

    [Fact]
    public void Pings_and_block_stops_say_nothing()
    {
        foreach (var raw in new[] { "{\"type\": \"ping\"}", "{\"type\":\"content_block_stop\",\"index\":0}" })
        {
            var reading = Reading.Data(WireFormat.Anthropic, raw);
            Assert.Empty(reading.Lines());
            Assert.False(reading.Terminal || reading.Malformed);
        }
    }

    [Theory]
    [InlineData("overloaded_error", ErrorCodes.ProviderError, 529, true)]
    [InlineData("rate_limit_error", ErrorCodes.RateLimit, 429, true)]
    [InlineData("api_error", ErrorCodes.ProviderError, 500, true)]
    [InlineData("timeout_error", ErrorCodes.ProviderError, 504, true)]
    [InlineData("invalid_request_error", ErrorCodes.BadRequest, 400, false)]
    [InlineData("request_too_large", ErrorCodes.BadRequest, 413, false)]
    [InlineData("authentication_error", ErrorCodes.Auth, 401, false)]
    [InlineData("permission_error", ErrorCodes.Auth, 403, false)]
    [InlineData("billing_error", ErrorCodes.Billing, 402, false)]
    [InlineData("not_found_error", ErrorCodes.NotFound, 404, false)]
    [InlineData("error_of_tomorrow", ErrorCodes.ProviderError, null, true)]
    public void An_error_event_is_classified_by_its_type(string type, string code, int? status, bool recoverable)
    {
        var error = Event("error", $"{{\"type\":\"error\",\"error\":{{\"type\":\"{type}\",\"message\":\"Overloaded\"}}}}").Error;

        Assert.NotNull(error);
        Assert.Equal((code, "Overloaded", status, recoverable), (error.Code, error.Message, error.Status, error.Recoverable));
        Assert.Equal(type, error.UpstreamCode);
    }

    [Fact]
    public void An_error_event_whose_data_is_no_JSON_is_an_error_all_the_same()
    {
        var reading = Reading.Event(WireFormat.Anthropic, "event: error\ndata: upstream went away\n\n");

        Assert.Equal("upstream went away", reading.Error!.Message);
        Assert.False(reading.Malformed);
    }

    [Fact]
    public void A_document_gives_its_blocks()
    {
        var reading = Reading.Document(
            WireFormat.Anthropic,
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5\",\"content\":["
            + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"text\",\"text\":\"Hi\",\"citations\":null},"
            + "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"city\":\"Köln\"}}],\"stop_reason\":\"tool_use\",\"stop_sequence\":null,"
            + "\"usage\":{\"input_tokens\":7,\"output_tokens\":9}}");

        Assert.Equal(["Reasoning:hm", "Text:Hi", "ToolCall[2] id=t name=f:{\"city\":\"Köln\"}"], reading.Lines());
        Assert.Equal((FinishReasons.ToolCalls, "claude-haiku-4-5", true), (reading.FinishReason, reading.Model, reading.Terminal));
        Assert.Equal(new TokenUsage(7, 9, null), reading.Usage);
    }

    private static ChunkReading Event(string name, string json) =>
        Reading.Event(WireFormat.Anthropic, $"event: {name}\ndata: {json}\n\n");
}
