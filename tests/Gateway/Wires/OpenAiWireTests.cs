namespace Orchestrator.Gateway.Tests.Wires;

public sealed class OpenAiWireTests
{
    private const string Head =
        "\"id\":\"chatcmpl-B9\",\"object\":\"chat.completion.chunk\",\"created\":1741569952,\"model\":\"gpt-5-mini-2025-08-07\","
        + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\"";

    [Fact]
    public void A_text_chunk_gives_its_text_as_it_is_escaped()
    {
        var reading = Chunk("{\"index\":0,\"delta\":{\"content\":\"a \\\"b\\\" \\u00e4\\n€\"},\"logprobs\":null,\"finish_reason\":null}");

        Assert.Equal(["Text:a \"b\" ä\n€"], reading.Lines());
        Assert.Equal("a \\\"b\\\" \\u00e4\\n€", reading.Escaped());
        Assert.Equal("gpt-5-mini-2025-08-07", reading.Model);
        Assert.False(reading.Terminal || reading.Malformed || reading.Usage.HasAny);
        Assert.Null(reading.FinishReason);
        Assert.Null(reading.Error);
    }

    [Fact]
    public void The_first_chunk_has_a_role_and_no_text() =>
        Assert.Empty(Chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}").Lines());

    [Theory]
    [InlineData("{\"reasoning_content\":\"hm\",\"content\":null}", "Reasoning:hm")]
    [InlineData("{\"reasoning\":\"hm\"}", "Reasoning:hm")]
    [InlineData("{\"reasoning\":\"hm\",\"reasoning_content\":\"hm\"}", "Reasoning:hm")]
    [InlineData("{\"reasoning\":null,\"reasoning_content\":\"hm\"}", "Reasoning:hm")]
    [InlineData("{\"reasoning\":\"\",\"reasoning_content\":\"hm\"}", "Reasoning:hm")]
    [InlineData("{\"refusal\":\"I can't\"}", "Text:I can't")]
    [InlineData("{\"content\":[{\"type\":\"text\",\"text\":\"part\"}]}", "Text:part")]
    public void A_delta_gives_what_it_adds(string delta, string line) =>
        Assert.Equal([line], Chunk($"{{\"index\":0,\"delta\":{delta},\"finish_reason\":null}}").Lines());

    [Fact]
    public void Reasoning_and_text_in_one_chunk_come_in_order() =>
        Assert.Equal(["Reasoning:hm", "Text:so"], Chunk("{\"delta\":{\"reasoning\":\"hm\",\"content\":\"so\"}}").Lines());

    [Fact]
    public void A_tool_call_is_named_once_and_then_brings_its_arguments_in_pieces()
    {
        var first = Chunk(
            "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
            + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}]},\"finish_reason\":null}");
        var second = Chunk("{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\\\"\"}}]}}");

        Assert.Equal(["ToolCall[0] id=call_1 name=get_weather:"], first.Lines());
        Assert.Equal(["ToolCall[0] id= name=:{\"city\":\""], second.Lines());
        Assert.Equal("{\\\"city\\\":\\\"", second.Escaped());
    }

    [Fact]
    public void Parallel_tool_calls_keep_their_indexes_and_take_their_position_where_they_have_none()
    {
        Assert.Equal(
            ["ToolCall[1] id=b name=g:{}", "ToolCall[3] id=d name=h:"],
            Chunk("{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}},"
                + "{\"function\":{\"name\":\"h\"},\"id\":\"d\",\"index\":3}]}}").Lines());
        Assert.Equal(
            ["ToolCall[0] id=a name=f:", "ToolCall[1] id=b name=g:"],
            Chunk("{\"delta\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\"}},{\"id\":\"b\",\"function\":{\"name\":\"g\"}}]}}").Lines());
    }

    [Fact]
    public void A_piece_of_arguments_without_an_index_goes_on_with_the_last_call()
    {
        var named = Chunk("{\"delta\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\"}},{\"id\":\"b\",\"function\":{\"name\":\"g\"}}]}}");
        var piece = Chunk("{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"{}\"}}]}}", carried: named.Carried);

        Assert.Equal(["ToolCall[1] id= name=:{}"], piece.Lines());
    }

    [Fact]
    public void Arguments_that_are_an_object_become_its_JSON_text_escaped()
    {
        var reading = Chunk("{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\": \"ü\\n\"}}}]}}");

        Assert.Equal(["ToolCall[0] id=a name=f:{\"x\": \"ü\\n\"}"], reading.Lines());
        Assert.Equal("{\\\"x\\\": \\\"ü\\\\n\\\"}", reading.Escaped());
    }

    [Theory]
    [InlineData("stop", FinishReasons.Stop)]
    [InlineData("length", FinishReasons.Length)]
    [InlineData("tool_calls", FinishReasons.ToolCalls)]
    [InlineData("function_call", FinishReasons.ToolCalls)]
    [InlineData("content_filter", FinishReasons.ContentFilter)]
    [InlineData("eos_of_tomorrow", FinishReasons.Other)]
    public void A_finish_reason_is_normalised(string told, string expected) =>
        Assert.Equal(expected, Chunk($"{{\"index\":0,\"delta\":{{}},\"finish_reason\":\"{told}\"}}").FinishReason);

    [Fact]
    public void The_usage_chunk_has_no_choices()
    {
        var reading = Reading.Data(
            WireFormat.OpenAi,
            $"{{{Head},\"choices\":[],\"usage\":{{\"prompt_tokens\":19,\"completion_tokens\":10,\"total_tokens\":29,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":3}}}");

        Assert.Equal(new TokenUsage(19, 10, 29) { CacheRead = 0 }, reading.Usage);
        Assert.Empty(reading.Lines());
    }

    [Fact]
    public void Alternatives_but_the_first_are_left_out()
    {
        Assert.Empty(Chunk("{\"index\":1,\"delta\":{\"content\":\"other\"},\"finish_reason\":\"stop\"}").Lines());
        Assert.Null(Chunk("{\"delta\":{\"content\":\"other\"},\"finish_reason\":\"stop\",\"index\":1}").FinishReason);
        Assert.Equal(
            ["Text:mine"],
            Chunk("{\"index\":0,\"delta\":{\"content\":\"mine\"}},{\"index\":1,\"delta\":{\"content\":\"other\"}}").Lines());
    }

    [Theory]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data:[DONE]\r\n\r\n")]
    [InlineData(": bye\nid: 9\ndata: [DONE] \r\r")]
    public void Done_is_the_end(string raw)
    {
        var reading = Reading.Event(WireFormat.OpenAi, raw);

        Assert.True(reading.Terminal);
        Assert.False(reading.Malformed);
    }

    [Fact]
    public void A_document_is_read_like_one_large_chunk_and_is_the_end()
    {
        var reading = Reading.Document(
            WireFormat.OpenAi,
            "{\"id\":\"chatcmpl-B9\",\"object\":\"chat.completion\",\"model\":\"gpt-5-mini\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"Hello!\",\"reasoning_content\":\"hm\",\"refusal\":null,\"annotations\":[],\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
            + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}");

        Assert.Equal(["Text:Hello!", "Reasoning:hm", "ToolCall[0] id=c name=f:{}"], reading.Lines());
        Assert.Equal(FinishReasons.ToolCalls, reading.FinishReason);
        Assert.Equal(new TokenUsage(1, 2, 3), reading.Usage);
        Assert.True(reading.Terminal);
    }

    /// <summary>The codes that OpenAI gives inside a stream, with the class that each has outside of one.</summary>
    [Theory]
    [InlineData("insufficient_quota", ErrorCodes.RateLimit, 429, true)]
    [InlineData("rate_limit_exceeded", ErrorCodes.RateLimit, 429, true)]
    [InlineData("model_not_found", ErrorCodes.NotFound, 404, false)]
    [InlineData("invalid_api_key", ErrorCodes.Auth, 401, false)]
    [InlineData("invalid_prompt", ErrorCodes.BadRequest, 400, false)]
    [InlineData("context_length_exceeded", ErrorCodes.BadRequest, 400, false)]
    [InlineData("server_error", ErrorCodes.ProviderError, 500, true)]
    public void A_code_has_its_class_inside_a_stream_too(string upstreamCode, string code, int status, bool recoverable)
    {
        var error = Reading.Data(WireFormat.OpenAi, $"{{\"error\":{{\"message\":\"boom\",\"code\":\"{upstreamCode}\"}}}}").Error!;

        Assert.Equal((code, status, recoverable, upstreamCode), (error.Code, error.Status, error.Recoverable, error.UpstreamCode));
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"boom\",\"type\":\"server_error\",\"code\":null}}", ErrorCodes.ProviderError, null, true)]
    [InlineData("{\"error\":{\"message\":\"boom\",\"type\":\"rate_limit_exceeded\"}}", ErrorCodes.RateLimit, null, true)]
    [InlineData("{\"error\":{\"message\":\"boom\",\"code\":502}}", ErrorCodes.ProviderError, "502", true)]
    [InlineData("{\"error\":{\"message\":\"boom\",\"code\":\"context_length_exceeded\"}}", ErrorCodes.BadRequest, "context_length_exceeded", false)]
    [InlineData("{\"error\":\"boom\"}", ErrorCodes.ProviderError, null, true)]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}],\"error\":{\"message\":\"boom\",\"code\":429}}", ErrorCodes.RateLimit, "429", true)]
    [InlineData("{\"success\":false,\"errors\":[{\"code\":3040,\"message\":\"boom\"}]}", ErrorCodes.RateLimit, "3040", true)]
    public void An_error_inside_the_stream_is_classified(string json, string code, string? upstreamCode, bool recoverable)
    {
        var error = Reading.Data(WireFormat.OpenAi, json).Error;

        Assert.NotNull(error);
        Assert.Equal((code, "boom", recoverable), (error.Code, error.Message, error.Recoverable));
        Assert.Equal(upstreamCode, upstreamCode is null ? null : error.UpstreamCode);
    }

    [Theory]
    [InlineData("{\"error\":null,\"choices\":[]}")]
    [InlineData("{\"error\":false,\"choices\":[]}")]
    [InlineData("{\"error\":\"\",\"errors\":[],\"choices\":[]}")]
    public void No_error_is_no_error(string json) => Assert.Null(Reading.Data(WireFormat.OpenAi, json).Error);

    private static ChunkReading Chunk(string choices, long carried = 0) =>
        Reading.Data(WireFormat.OpenAi, $"{{{Head},\"choices\":[{choices}],\"usage\":null}}", carried);
}
