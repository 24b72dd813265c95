namespace Orchestrator.Gateway.Tests.Wires;

/// <summary>Google's own chunks and documents.</summary>
public sealed class GoogleWireTests
{
    [Theory]
    [InlineData("{\"text\":\"Hi \\u00e4\"}", "Text:Hi ä")]
    [InlineData("{\"text\":\"so\",\"thought\":true}", "Reasoning:so")]
    [InlineData("{\"thought\":true,\"text\":\"so\"}", "Reasoning:so")]
    [InlineData("{\"text\":\"so\",\"thought\":false,\"thoughtSignature\":\"x\"}", "Text:so")]
    [InlineData("{\"text\":\"a\"},{\"text\":\"b\"}", "Text:a|Text:b")]
    [InlineData("{\"functionCall\":{\"name\":\"f\",\"args\":{\"q\":\"\\\"x\"}}}", "ToolCall[0] id= name=f:{\"q\":\"\\\"x\"}")]
    [InlineData("{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{}}},{\"functionCall\":{\"name\":\"g\"}}", "ToolCall[0] id=1 name=f:{}|ToolCall[1] id= name=g:{}")]
    [InlineData("{\"text\":\"\"}", "")]
    [InlineData("{\"inlineData\":{\"data\":\"x\"}},7,null,{\"functionCall\":3},{\"text\":5}", "")]
    public void Parts_are_texts_thoughts_and_calls(string parts, string lines)
    {
        var reading = Reading.Data(WireFormat.Google, $"{{\"candidates\":[{{\"content\":{{\"parts\":[{parts}],\"role\":\"model\"}},\"index\":0}}],\"modelVersion\":\"gemini-3\"}}");

        Assert.Equal(lines, string.Join('|', reading.Lines()));
        Assert.Equal(("gemini-3", false, null), (reading.Model, reading.Terminal, reading.FinishReason));
    }

    [Theory]
    [InlineData("STOP", FinishReasons.Stop)]
    [InlineData("MAX_TOKENS", FinishReasons.Length)]
    [InlineData("SAFETY", FinishReasons.ContentFilter)]
    [InlineData("PROHIBITED_CONTENT", FinishReasons.ContentFilter)]
    [InlineData("MALFORMED_FUNCTION_CALL", FinishReasons.Other)]
    public void The_last_chunk_has_a_finish_reason_and_the_usage(string told, string finish)
    {
        var reading = Reading.Data(WireFormat.Google, $"{{\"candidates\":[{{\"finishReason\":\"{told}\"}}],\"usageMetadata\":{{\"promptTokenCount\":7,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":4,\"totalTokenCount\":16}}}}");

        Assert.Equal((finish, new TokenUsage(7, 9, 16), false), (reading.FinishReason, reading.Usage, reading.Terminal));
    }

    [Fact]
    public void Only_the_first_of_several_candidates_is_read()
    {
        var reading = Reading.Data(
            WireFormat.Google,
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"second\"}]},\"finishReason\":\"STOP\",\"index\":1},{\"content\":{\"parts\":[{\"text\":\"first\"}]},\"index\":0}]}");

        Assert.Equal(["Text:first"], reading.Lines());
        Assert.Null(reading.FinishReason);
    }

    [Fact]
    public void A_blocked_prompt_is_an_error_that_stays_one()
    {
        var error = Reading.Data(WireFormat.Google, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":3}}").Error;

        Assert.Equal((ErrorCodes.BadRequest, 400, "SAFETY", false), (error?.Code, error?.Status, error?.UpstreamCode, error?.Recoverable));
    }

    [Fact]
    public void Counts_that_are_not_told_stay_unknown() =>
        Assert.Equal(
            new TokenUsage(3, null, null), Reading.Data(WireFormat.Google, "{\"usageMetadata\":{\"promptTokenCount\":3}}").Usage);

    [Fact]
    public void An_error_is_read()
    {
        var error = Reading.Data(WireFormat.Google, "{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}").Error;

        Assert.Equal((ErrorCodes.ProviderError, "overloaded", "503"), (error?.Code, error?.Message, error?.UpstreamCode));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a")]
    [InlineData("{} x")]
    public void What_is_not_its_JSON_is_malformed(string data)
    {
        var reading = Reading.Data(WireFormat.Google, data);

        Assert.True(reading.Malformed);
        Assert.Empty(reading.Lines());
    }

    [Fact]
    public void A_document_is_terminal()
    {
        var reading = Reading.Document(
            WireFormat.Google, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"all\"}]},\"finishReason\":\"STOP\"}]}");

        Assert.Equal((true, FinishReasons.Stop), (reading.Terminal, reading.FinishReason));
        Assert.Equal(["Text:all"], reading.Lines());
    }
}
