using System.Text;
using System.Text.Json;
using Orchestrator.Emulator;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>The run path over the REST API of the emulated gateway: no bridge is configured.</summary>
public sealed class OverRestTests : IAsyncLifetime
{
    private const string Chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    private readonly HttpMessageInvoker _http = new(BridgeHttp.CreateHandler());
    private EmulatorHost _emulator = null!;
    private AiGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Secret = "api-token", DefaultRate = 0 });
        _gateway = Ways.OverAccount(_http, _emulator);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("openai/m", WireFormat.OpenAi)]
    [InlineData("openai/m~crlf~comments=between~onebyte~reasoning=5", WireFormat.OpenAi)]
    [InlineData("google/m", WireFormat.OpenAi)]
    [InlineData("anthropic/m", WireFormat.Anthropic)]
    [InlineData("@cf/meta/m", WireFormat.WorkersAi)]
    public async Task A_stream_is_read_from_its_first_event_to_its_last(string model, WireFormat wire)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));
        var answer = await Answer.ReadAsync(stream);

        Assert.Equal((wire, TransportKind.Run, false), (stream.Wire, stream.Transport, stream.Resumable));
        Assert.Null(stream.Headers.RunId);
        Assert.NotNull(stream.Headers.LogId);
        Assert.NotEmpty(answer.Text);
        Assert.Equal((true, StreamSignalKind.CleanEnd), (answer.Terminal, answer.End.Kind));
        Assert.True(answer.Usage.Output > 0, "no usage");
    }

    [Theory]
    [InlineData("openai/m")]
    [InlineData("@cf/meta/m")]
    public async Task JSON_comes_out_of_its_envelope(string model)
    {
        var document = Assert.IsType<DocumentReply>(await RunAsync(model, request => request with { Stream = false }));
        var answer = Answer.Read(document);

        Assert.DoesNotContain("success", Encoding.UTF8.GetString(document.Body.Span), StringComparison.Ordinal);
        Assert.True(answer.Terminal);
        Assert.NotEmpty(answer.Text);
    }

    [Theory]
    [InlineData("openai/m", "v1/chat/completions", WireFormat.OpenAi)]
    [InlineData("anthropic/m", "v1/messages", WireFormat.Anthropic)]
    [InlineData("@cf/meta/m", "v1/chat/completions", WireFormat.OpenAi)]
    [InlineData("openai/m", "v1/responses", WireFormat.OpenAiResponses)]
    public async Task A_provider_s_API_is_asked_by_its_name(string model, string endpoint, WireFormat wire)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model, request => request with { Endpoint = endpoint }));
        var answer = await Answer.ReadAsync(stream);
        var document = Assert.IsType<DocumentReply>(
            await RunAsync(model, request => request with { Endpoint = endpoint, Stream = false }));

        Assert.Equal((wire, wire), (stream.Wire, document.Wire));
        Assert.True(answer.Terminal);
        Assert.Equal(answer.Text, Answer.Read(document).Text);
    }

    [Theory]
    [InlineData("openai/text-embedding-3-small")]
    [InlineData("@cf/baai/bge-base-en-v1.5")]
    public async Task Embeddings_have_an_API_too(string model)
    {
        var request = Requests.Run(model, """{"input":["a","b"]}""") with { Endpoint = "v1/embeddings", Stream = false, Gateway = new GatewayOptions { Id = "gw" } };
        var document = Assert.IsType<DocumentReply>(await _gateway.RunAsync(request, CancellationToken.None).SoonAsync());

        using var body = JsonDocument.Parse(document.Body);
        var rows = body.RootElement.GetProperty("data").EnumerateArray().ToArray();
        Assert.Equal([0, 1], rows.Select(static row => row.GetProperty("index").GetInt32()));
        Assert.All(rows, static row => Assert.NotEqual(0, row.GetProperty("embedding").GetArrayLength()));
    }

    [Theory]
    [InlineData("openai/m~status=429~retryafter=7", ErrorCodes.RateLimit, true, false)]
    [InlineData("openai/m~status=500", ErrorCodes.ProviderError, true, false)]
    [InlineData("openai/m~status=403", ErrorCodes.Auth, false, false)]
    [InlineData("openai/m~status=402", ErrorCodes.Billing, false, true)]
    [InlineData("openai/m~status=404", ErrorCodes.NotFound, false, true)]
    [InlineData("@cf/meta/m~status=429", ErrorCodes.RateLimit, true, false)]
    [InlineData("@cf/meta/m~status=400", ErrorCodes.BadRequest, false, false)]
    public async Task A_failure_has_its_class(string model, string code, bool recoverable, bool nextLeg)
    {
        var failure = Assert.IsType<FailureReply>(await RunAsync(model));

        Assert.Equal((code, recoverable, nextLeg), (failure.Error.Code, failure.Error.Recoverable, failure.Error.NextLeg));
        Assert.Equal(model.Contains("retryafter", StringComparison.Ordinal) ? TimeSpan.FromSeconds(7) : null, failure.Error.RetryAfter);
        Assert.Equal(TransportKind.Run, failure.Transport);
    }

    [Fact]
    public async Task A_wrong_token_is_an_auth_failure()
    {
        var stranger = Ways.OverAccount(_http, _emulator, token: "wrong-token");

        var reply = await stranger.RunAsync(Requests.Run(inputs: Chat), CancellationToken.None).SoonAsync();

        Assert.Equal(ErrorCodes.Auth, Assert.IsType<FailureReply>(reply).Error.Code);
    }

    [Fact]
    public async Task A_gateway_that_does_not_exist_is_told()
    {
        var failure = Assert.IsType<FailureReply>(
            await RunAsync("openai/m", request => request with { Gateway = new GatewayOptions { Id = "missing" } }));

        Assert.Equal((ErrorCodes.BadRequest, "2001"), (failure.Error.Code, failure.Error.UpstreamCode));
    }

    [Fact]
    public async Task Nothing_of_the_bridge_is_asked()
    {
        Assert.Equal(ErrorCodes.Config, Assert.IsType<FailureReply>(
            await _gateway.ResumeAsync(new ResumeRequest("default", "run", 0, WireFormat.OpenAi), CancellationToken.None)).Error.Code);
        Assert.Equal(ErrorCodes.Config, Assert.IsType<FailureReply>(
            await RunAsync("openai/m", request => request with { Resume = true })).Error.Code);
        Assert.Equal(0, _emulator.Counters.Dispatches);
    }

    private Task<GatewayReply> RunAsync(string model, Func<RunRequest, RunRequest>? change = null)
    {
        var request = Requests.Run(model, Chat);
        return _gateway.RunAsync(change?.Invoke(request) ?? request, CancellationToken.None).SoonAsync();
    }
}
