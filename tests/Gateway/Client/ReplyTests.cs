using System.Text;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>What a response that is a success becomes.</summary>
public sealed class ReplyTests
{
    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("text/event-stream; charset=utf-8")]
    [InlineData("Text/Event-Stream;charset=UTF-8")]
    public async Task An_event_stream_is_a_stream(string contentType)
    {
        var reply = await RunAsync("data: {\"a\":1}\n\ndata: [DONE]\n\n", ("Content-Type", contentType), ("cf-aig-run-id", "run1"),
            ("cf-aig-log-id", "log1"), ("cf-aig-cache-status", "MISS"), ("cf-aig-step", "2"));

        await using var stream = Assert.IsType<StreamReply>(reply);
        Assert.Equal(new ReplyHeaders { Status = 200, RunId = "run1", LogId = "log1", CacheStatus = "MISS", Step = 2 }, stream.Headers);
        Assert.Equal(WireFormat.OpenAi, stream.Wire);
        var taken = await Taken.AllAsync(stream.Events);
        Assert.Equal(["data: {\"a\":1}\n\n", "data: [DONE]\n\n"], taken.Events);
        Assert.Equal(StreamSignalKind.CleanEnd, taken.End.Kind);
    }

    [Fact]
    public async Task JSON_where_a_stream_was_asked_for_is_a_document()
    {
        var document = Assert.IsType<DocumentReply>(await RunAsync("{\"response\":\"hi\"}", ("Content-Type", "application/json; charset=utf-8")));

        Assert.Equal("application/json; charset=utf-8", document.ContentType);
        Assert.Equal("{\"response\":\"hi\"}", Encoding.UTF8.GetString(document.Body.Span));
        Assert.Equal(new ReplyHeaders { Status = 200 }, document.Headers);
    }

    [Fact]
    public async Task Bytes_without_a_type_are_a_document()
    {
        var document = Assert.IsType<DocumentReply>(await RunAsync("abc"));

        Assert.Equal("application/octet-stream", document.ContentType);
    }

    [Fact]
    public async Task A_run_id_says_stream_where_nothing_else_says_what_it_is()
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync("data: x\n\n", ("cf-aig-run-id", "run1")));

        Assert.Equal(["data: x\n\n"], (await Taken.AllAsync(stream.Events)).Events);
    }

    [Theory]
    [InlineData("anthropic/claude-haiku-4.5", WireFormat.Anthropic)]
    [InlineData("openai/gpt-5-mini", WireFormat.OpenAi)]
    [InlineData("google/gemini-3", WireFormat.OpenAi)]
    [InlineData("xai/grok-4", WireFormat.OpenAi)]
    [InlineData("groq/llama", WireFormat.OpenAi)]
    [InlineData("deepseek/chat", WireFormat.OpenAi)]
    [InlineData("alibaba/qwen", WireFormat.OpenAi)]
    [InlineData("minimax/m2", WireFormat.OpenAi)]
    [InlineData("@cf/meta/llama-3.1-8b-instruct", WireFormat.WorkersAi)]
    [InlineData("newcomer/model", WireFormat.Unknown)]
    public async Task The_wire_is_that_of_the_models_provider(string model, WireFormat wire)
    {
        var handler = StubHandler.Answering(200, "", ("Content-Type", "text/event-stream"));
        await using var stream = Assert.IsType<StreamReply>(await handler.Client().RunAsync(Requests.Run(model), CancellationToken.None));
        Assert.Equal(wire, stream.Wire);

        var document = await StubHandler.Answering(200, "{}").Client().RunAsync(Requests.Run(model), CancellationToken.None);
        Assert.Equal(wire, Assert.IsType<DocumentReply>(document).Wire);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public async Task A_document_has_a_bound(int maxBytes, bool fits)
    {
        var options = new AiGatewayClientOptions { MaxDocumentBytes = maxBytes };
        var reply = await StubHandler.Answering(200, "12345", ("cf-aig-log-id", "log1")).Client(options).RunAsync(Requests.Run(), CancellationToken.None);

        if (fits)
        {
            Assert.Equal(5, Assert.IsType<DocumentReply>(reply).Body.Length);
            return;
        }

        var failure = Assert.IsType<FailureReply>(reply);
        Assert.Equal((ErrorCodes.DocumentTooLarge, "log1"), (failure.Error.Code, failure.Headers.LogId));
    }

    [Fact]
    public async Task A_document_that_breaks_off_is_a_gateway_error()
    {
        var broken = new HttpResponseMessage { Content = new StreamContent(new PiecesStream(["{\"a"u8.ToArray()], new IOException("reset"))) };

        var error = await Requests.FailAsync(new StubHandler(_ => broken));

        Assert.Equal((ErrorCodes.GatewayError, true), (error.Code, error.Recoverable));
    }

    [Fact]
    public async Task A_step_that_is_no_number_is_none()
    {
        var reply = await RunAsync("{}", ("cf-aig-step", "x"), ("cf-aig-run-id", ""));

        Assert.Equal((null, (string?)null), (reply.Headers.Step, reply.Headers.RunId));
    }

    private static Task<GatewayReply> RunAsync(string body, params (string Name, string Value)[] headers) =>
        StubHandler.Answering(200, body, headers).Client().RunAsync(Requests.Run(), CancellationToken.None);
}
