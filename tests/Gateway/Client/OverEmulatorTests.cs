using System.Text;
using System.Text.Json;
using Orchestrator.Emulator;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>The client against the emulated gateway: whole answers, faults, re-attaching.</summary>
public sealed class OverEmulatorTests : IAsyncLifetime
{
    private readonly HttpMessageInvoker _http = new(BridgeHttp.CreateHandler());
    private EmulatorHost _emulator = null!;
    private AiGatewayClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Secret = "s3cret", DefaultRate = 0 });
        _client = new AiGatewayClient(_http, new BridgeOptions { Url = _emulator.Address, Secret = "s3cret" });
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("openai/m", WireFormat.OpenAi)]
    [InlineData("openai/m~crlf~comments=between~onebyte", WireFormat.OpenAi)]
    [InlineData("openai/m~comments=inside~reasoning=5", WireFormat.OpenAi)]
    [InlineData("google/m~comments=blank", WireFormat.OpenAi)]
    [InlineData("anthropic/m", WireFormat.Anthropic)]
    [InlineData("anthropic/m~crlf~onebyte~reasoning=5", WireFormat.Anthropic)]
    [InlineData("@cf/meta/m", WireFormat.WorkersAi)]
    [InlineData("@cf/openai/m~wire=openai-responses~reasoning=5", WireFormat.WorkersAi)]
    public async Task An_answer_is_read_from_its_first_event_to_its_last(string model, WireFormat wire)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));
        var answer = await Answer.ReadAsync(stream);

        Assert.Equal(wire, stream.Wire);
        Assert.Equal(wire == WireFormat.WorkersAi, stream.Headers.RunId is null);
        Assert.NotEmpty(answer.Text);
        Assert.Equal(model.Contains("reasoning", StringComparison.Ordinal), answer.Reasoning.Length > 0);
        Assert.Equal((true, StreamSignalKind.CleanEnd), (answer.Terminal, answer.End.Kind));
        Assert.True(answer.Usage.Output > 0, "no usage");
        Assert.NotNull(stream.Headers.LogId);
    }

    [Theory]
    [InlineData("openai/m~tool", WireFormat.OpenAi)]
    [InlineData("anthropic/m~tool", WireFormat.Anthropic)]
    [InlineData("@cf/openai/m~tool~wire=openai-responses", WireFormat.WorkersAi)]
    public async Task A_tool_call_comes_together_to_JSON(string model, WireFormat wire)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));
        var answer = await Answer.ReadAsync(stream);

        Assert.Equal((wire, FinishReasons.ToolCalls), (stream.Wire, answer.Finish));
        Assert.NotEmpty(answer.ToolName);
        using var arguments = JsonDocument.Parse(answer.Arguments);
        Assert.Equal(JsonValueKind.Object, arguments.RootElement.ValueKind);
    }

    [Theory]
    [InlineData("openai/m~events=80~dropevery=1500")]
    [InlineData("anthropic/m~events=80~dropevery=1500~crlf")]
    [InlineData("xai/m~events=80~dropevery=1500~comments=between")]
    public async Task An_answer_that_breaks_again_and_again_is_whole_when_resumed_from_the_count(string model)
    {
        var first = Assert.IsType<StreamReply>(await RunAsync(model));
        var runId = first.Headers.RunId!;
        var events = new List<string>();
        var breaks = 0;
        for (var stream = first; ; breaks++)
        {
            var taken = await Taken.AllAsync(stream.Events);
            await stream.DisposeAsync();
            events.AddRange(taken.Events);
            if (taken.End.Kind == StreamSignalKind.CleanEnd)
            {
                break;
            }

            Assert.Equal(ErrorCodes.GatewayError, taken.End.Error!.Code);
            Assert.True(taken.Events.Count > 0, "a connection without an event: this would never end");
            var request = new ResumeRequest("default", runId, events.Count, stream.Wire);
            stream = Assert.IsType<StreamReply>(await _client.ResumeAsync(request, CancellationToken.None).SoonAsync());
        }

        using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", "Bearer s3cret" } } };
        var whole = await http.GetByteArrayAsync(new Uri(_emulator.Address, $"/emulator/runs/{runId}/bytes?comments=false"));
        Assert.Equal(Encoding.Latin1.GetString(whole), string.Concat(events));
        Assert.True(breaks > 3, $"it broke {breaks} times");
    }

    [Fact]
    public async Task A_resume_at_the_total_is_an_empty_clean_end()
    {
        var first = Assert.IsType<StreamReply>(await RunAsync("openai/m"));
        var whole = await Taken.AllAsync(first.Events);

        var request = new ResumeRequest("default", first.Headers.RunId!, whole.Events.Count, first.Wire);
        await using var rest = Assert.IsType<StreamReply>(await _client.ResumeAsync(request, CancellationToken.None).SoonAsync());
        var taken = await Taken.AllAsync(rest.Events);

        Assert.Equal((0, StreamSignalKind.CleanEnd), (taken.Events.Count, taken.End.Kind));
    }

    [Theory]
    [InlineData("openai/m~expired", "default")]
    [InlineData("openai/m", "another")]
    public async Task A_run_that_the_gateway_does_not_have_any_more_has_expired(string model, string gateway)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));
        await Taken.AllAsync(stream.Events);

        var request = new ResumeRequest(gateway, stream.Headers.RunId!, 0, stream.Wire);
        var reply = await _client.ResumeAsync(request, CancellationToken.None).SoonAsync();

        Assert.Equal(ErrorCodes.ResumeExpired, Assert.IsType<FailureReply>(reply).Error.Code);
    }

    [Theory]
    [InlineData("openai/m~status=429~retryafter=7", ErrorCodes.RateLimit, true, false)]
    [InlineData("openai/m~status=500", ErrorCodes.ProviderError, true, false)]
    [InlineData("openai/m~status=401", ErrorCodes.Auth, false, false)]
    [InlineData("mistral/m", ErrorCodes.NotFound, false, true)]
    public async Task A_failure_has_its_class(string model, string code, bool recoverable, bool nextLeg)
    {
        var error = Assert.IsType<FailureReply>(await RunAsync(model)).Error;

        Assert.Equal((code, recoverable, nextLeg), (error.Code, error.Recoverable, error.NextLeg));
        Assert.Equal(model.Contains("retryafter", StringComparison.Ordinal) ? TimeSpan.FromSeconds(7) : null, error.RetryAfter);
    }

    [Theory]
    [InlineData("openai/m~error=3")]
    [InlineData("anthropic/m~error=3")]
    [InlineData("@cf/meta/m~error=3")]
    public async Task An_error_inside_the_stream_is_read(string model)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(model));
        var answer = await Answer.ReadAsync(stream);

        Assert.NotNull(answer.Error);
        Assert.NotEmpty(answer.Error.Message);
        Assert.False(answer.Terminal);
    }

    [Fact]
    public async Task JSON_where_a_stream_was_asked_for_is_read_as_a_document()
    {
        var document = Assert.IsType<DocumentReply>(await RunAsync("@cf/meta/m~nonstream"));
        var reading = new ChunkReading();
        WireReader.ReadDocument(document.Wire, document.Body.Span, reading);

        Assert.True(reading is { Terminal: true, Malformed: false } && reading.Deltas.Length > 0);
    }

    [Fact]
    public async Task A_log_takes_feedback()
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync("openai/m"));
        await Taken.AllAsync(stream.Events);
        var logId = stream.Headers.LogId!;

        Assert.Null(await _client.PatchLogAsync("default", logId, new LogPatch { Feedback = 1, Score = 90 }, CancellationToken.None));
        var log = await _client.GetLogAsync("default", logId, CancellationToken.None);
        Assert.True(log.IsSuccess);
        using var json = JsonDocument.Parse(log.Body);
        Assert.Equal((1, 90), (json.RootElement.GetProperty("feedback").GetInt32(), json.RootElement.GetProperty("score").GetInt32()));
        Assert.Equal(ErrorCodes.NotFound, (await _client.GetLogAsync("default", "unknown", CancellationToken.None)).Error?.Code);
    }

    [Fact]
    public async Task A_gateway_has_a_URL()
    {
        var reply = await _client.GetUrlAsync("gw", "openai", CancellationToken.None);

        Assert.True(reply.IsSuccess);
        Assert.EndsWith("/gw/openai", reply.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_an_auth_failure()
    {
        var stranger = new AiGatewayClient(_http, new BridgeOptions { Url = _emulator.Address, Secret = "wrong-secret" });

        var reply = await stranger.RunAsync(Requests.Run(), CancellationToken.None).SoonAsync();

        Assert.Equal(ErrorCodes.Auth, Assert.IsType<FailureReply>(reply).Error.Code);
    }

    private Task<GatewayReply> RunAsync(string model) =>
        _client.RunAsync(Requests.Run(model, "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"), CancellationToken.None).SoonAsync();
}
