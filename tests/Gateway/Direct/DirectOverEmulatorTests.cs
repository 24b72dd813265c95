using Orchestrator.Emulator;

namespace Orchestrator.Gateway.Tests.Direct;

/// <summary>Direct upstreams over a real server: the emulator plays one of each wire.</summary>
public sealed class DirectOverEmulatorTests : IAsyncLifetime
{
    private readonly HttpMessageInvoker _http = new(BridgeHttp.CreateHandler());
    private EmulatorHost _emulator = null!;
    private DirectUpstreams _upstreams = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { DefaultRate = 0 });
        _upstreams = new DirectUpstreams(
            _http,
            [
                new() { Name = "local", BaseUrl = new Uri(_emulator.Address, "/v1/acc/gw/mistral/v1"), ApiKey = "local-api-key" },
                new() { Name = "claude-proxy", BaseUrl = new Uri(_emulator.Address, "/v1/acc/gw/anthropic/"), Wire = WireFormat.Anthropic },
            ],
            gateway: null);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("local/m", WireFormat.OpenAi)]
    [InlineData("LOCAL/meta/m~crlf~comments=between", WireFormat.OpenAi)]
    [InlineData("claude-proxy/m", WireFormat.Anthropic)]
    public async Task A_stream_is_read_to_its_marker_and_is_not_resumable(string model, WireFormat wire)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));
        var answer = await Answer.ReadAsync(stream);

        Assert.Equal((wire, TransportKind.Direct, false), (stream.Wire, stream.Transport, stream.Resumable));
        Assert.Equal((true, StreamSignalKind.CleanEnd, FinishReasons.Stop), (answer.Terminal, answer.End.Kind, answer.Finish));
        Assert.NotEmpty(answer.Text);
        Assert.True(answer.Usage.Output > 0, "no usage");
    }

    [Theory]
    [InlineData("local/m")]
    [InlineData("claude-proxy/m")]
    public async Task A_whole_answer_says_the_same_as_the_stream(string model)
    {
        var document = Assert.IsType<DocumentReply>(await RunAsync(model, stream: false));
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));

        var whole = Answer.Read(document);
        Assert.True(whole.Terminal);
        Assert.Equal((await Answer.ReadAsync(stream)).Text, whole.Text);
    }

    [Theory]
    [InlineData("local/m~status=429~retryafter=7", ErrorCodes.RateLimit, true, 429)]
    [InlineData("local/m~status=500", ErrorCodes.ProviderError, true, 500)]
    [InlineData("claude-proxy/m~status=529", ErrorCodes.ProviderError, true, 529)]
    [InlineData("local/m~contextlength", ErrorCodes.BadRequest, false, 400)]
    [InlineData("local/m~refuse", ErrorCodes.GatewayError, true, null)]
    public async Task A_failure_has_its_class(string model, string code, bool recoverable, int? status)
    {
        var failure = Assert.IsType<FailureReply>(await RunAsync(model));

        Assert.Equal((code, recoverable, status), (failure.Error.Code, failure.Error.Recoverable, failure.Error.Status));
        Assert.Equal(TransportKind.Direct, failure.Transport);
        Assert.Equal(code == ErrorCodes.RateLimit ? TimeSpan.FromSeconds(7) : null, failure.Error.RetryAfter);
        Assert.DoesNotContain("gateway", failure.Error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("local/m~drop=2000")]
    [InlineData("claude-proxy/m~drop=2000")]
    public async Task A_connection_that_breaks_is_told(string model)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));
        var taken = await Taken.AllAsync(stream.Events);

        Assert.Equal((StreamSignalKind.Broken, ErrorCodes.GatewayError), (taken.End.Kind, taken.End.Error!.Code));
        Assert.NotEmpty(taken.Events);
        Assert.Contains($"The connection to {model.Split('/')[0]} broke", taken.End.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local/m~truncate=20")]
    [InlineData("claude-proxy/m~truncate=20")]
    public async Task An_answer_that_just_ends_has_no_marker(string model)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));
        var answer = await Answer.ReadAsync(stream);

        Assert.Equal((StreamSignalKind.CleanEnd, false, null), (answer.End.Kind, answer.Terminal, answer.Finish));
    }

    [Theory]
    [InlineData("local/m~error=3")]
    [InlineData("claude-proxy/m~error=3")]
    public async Task An_error_inside_the_stream_is_read(string model)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));
        var answer = await Answer.ReadAsync(stream);

        Assert.NotNull(answer.Error);
        Assert.False(answer.Terminal);
    }

    private Task<GatewayReply> RunAsync(string model, bool stream = true) => _upstreams.RunAsync(
        Requests.Run(model, "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}") with { Stream = stream },
        CancellationToken.None).SoonAsync();
}
