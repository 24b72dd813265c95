namespace Orchestrator.Gateway.Tests.Errors;

/// <summary>Which text of a body is the message.</summary>
public sealed class ErrorMessageTests
{
    [Theory]
    [InlineData("{\"errors\":[{\"message\":\"A\"},{\"message\":\"B\"}],\"error\":{\"message\":\"C\"},\"message\":\"D\"}", "A")]
    [InlineData("{\"success\":false,\"error\":[{\"code\":2001,\"message\":\"A\"}],\"message\":\"D\"}", "A")]
    [InlineData("{\"success\":true,\"error\":[{\"code\":2001,\"message\":\"A\"}],\"message\":\"D\"}", "D")]
    [InlineData("{\"error\":[{\"code\":2001,\"message\":\"A\"}],\"message\":\"D\"}", "D")]
    [InlineData("{\"errors\":[],\"error\":{\"message\":\"C\"},\"message\":\"D\"}", "C")]
    [InlineData("{\"errors\":[{}],\"error\":\"text\",\"message\":\"D\"}", "text")]
    [InlineData("{\"error\":{\"code\":1},\"message\":\"D\"}", "D")]
    [InlineData("{\"error\":\"\",\"message\":\"D\"}", "D")]
    [InlineData("[{\"error\":{\"code\":429,\"message\":\"quota\",\"status\":\"RESOURCE_EXHAUSTED\"}}]", "quota")]
    [InlineData("\"only a text\"", "only a text")]
    [InlineData("{\"detail\":\"E\"}", "{\"detail\":\"E\"}")]
    [InlineData("<html>Bad gateway</html>", "<html>Bad gateway</html>")]
    [InlineData("  plain \n", "plain")]
    [InlineData("{\"error\":{\"mess", "{\"error\":{\"mess")]
    [InlineData("", "The gateway answered 502 without a message.")]
    public async Task The_first_text_that_exists_is_the_message(string body, string message) =>
        Assert.Equal(message, (await Requests.FailAsync(StubHandler.Answering(502, body))).Message);

    [Fact]
    public async Task Half_a_surrogate_pair_is_no_reason_to_fail() =>
        Assert.Equal("a \ud83d b", (await Requests.FailAsync(StubHandler.Answering(502, "{\"\\ud83d\":1,\"error\":{\"\\ud83d\":1,\"message\":\"a \\ud83d b\"}}"))).Message);

    [Theory]
    [InlineData("{\"success\":false,\"error\":[{\"code\":2009,\"message\":\"Unauthorized\"}]}", "2009")]
    [InlineData("{\"error\":{\"message\":\"x\",\"code\":\"invalid_api_key\"}}", "invalid_api_key")]
    [InlineData("{\"error\":{\"message\":\"x\",\"code\":null}}", null)]
    [InlineData("{\"message\":\"x\",\"code\":7}", "7")]
    public async Task The_upstream_code_is_kept_as_it_was_written(string body, string? code) =>
        Assert.Equal(code, (await Requests.FailAsync(StubHandler.Answering(401, body))).UpstreamCode);

    [Fact]
    public async Task Of_a_body_that_is_only_text_500_characters_are_kept()
    {
        var error = await Requests.FailAsync(StubHandler.Answering(500, new string('a', 499) + "😀" + new string('b', 100_000)));

        Assert.Equal(new string('a', 499), error.Message);
    }

    [Fact]
    public async Task A_body_without_end_is_not_read_to_the_end()
    {
        var endless = new HttpResponseMessage(System.Net.HttpStatusCode.BadGateway) { Content = new StreamContent(new EndlessStream()) };

        var error = await Requests.FailAsync(new StubHandler(_ => endless));

        Assert.Equal(new string('x', 500), error.Message);
    }

    [Fact]
    public async Task A_body_that_breaks_off_costs_the_message_only()
    {
        var broken = new HttpResponseMessage(System.Net.HttpStatusCode.TooManyRequests)
        {
            Content = new StreamContent(new PiecesStream(["{\"error"u8.ToArray()], new IOException("reset"))),
        };

        Assert.Equal(ErrorCodes.RateLimit, (await Requests.FailAsync(new StubHandler(_ => broken))).Code);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            return new(buffer.Length);
        }
    }
}
