using System.Text;
using System.Text.Json;
using Orchestrator.Emulator;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>The gateway path against the emulated gateway, over its endpoints and over the bridge: the same request, the same answer.</summary>
public sealed class GatewayPathTests : IAsyncLifetime
{
    private const string Chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private const string Contents = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}";

    private readonly HttpMessageInvoker _http = new(BridgeHttp.CreateHandler());
    private EmulatorHost _emulator = null!;

    public static TheoryData<string, string, WireFormat> Natives => new()
    {
        { "openai/m", Chat, WireFormat.OpenAi },
        { "anthropic/m", Chat, WireFormat.Anthropic },
        { "groq/m", Chat, WireFormat.OpenAi },
        { "mistral/m", Chat, WireFormat.OpenAi },
        { "google/m", Chat, WireFormat.OpenAi },
        { "cohere/m", Chat, WireFormat.OpenAi },
        { "@cf/meta/m", Chat, WireFormat.WorkersAi },
    };

    public async ValueTask InitializeAsync() =>
        _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Secret = "api-token", DefaultRate = 0 });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Natives))]
    public async Task A_provider_is_asked_in_its_own_shape(string model, string inputs, WireFormat wire)
    {
        foreach (var gateway in Both())
        {
            await using var stream = Assert.IsType<StreamReply>(await RunAsync(gateway, Request(model, inputs)));
            var answer = await Answer.ReadAsync(stream);

            Assert.Equal((wire, TransportKind.Gateway, false), (stream.Wire, stream.Transport, stream.Resumable));
            Assert.NotEmpty(answer.Text);
            Assert.True(answer.Terminal);
        }
    }

    [Theory]
    [InlineData("openai/m", Chat, WireFormat.OpenAi)]
    [InlineData("anthropic/m", Chat, WireFormat.Anthropic)]
    [InlineData("@cf/meta/m", Chat, WireFormat.WorkersAi)]
    public async Task So_it_is_without_a_stream(string model, string inputs, WireFormat wire)
    {
        foreach (var gateway in Both())
        {
            var document = Assert.IsType<DocumentReply>(await RunAsync(gateway, Request(model, inputs) with { Stream = false }));

            Assert.Equal(wire, document.Wire);
            Assert.NotEmpty(Answer.Read(document).Text);
        }
    }

    [Fact]
    public async Task Google_is_asked_natively_where_the_inputs_are()
    {
        foreach (var gateway in Both())
        {
            await using var stream = Assert.IsType<StreamReply>(await RunAsync(gateway, Request("google/gemini-3~events=2~crlf", Contents)));
            var answer = await Answer.ReadAsync(stream);
            var document = Assert.IsType<DocumentReply>(
                await RunAsync(gateway, Request("google/gemini-3~events=2~crlf", Contents) with { Stream = false }));

            Assert.Equal((WireFormat.Google, WireFormat.Google), (stream.Wire, document.Wire));
            Assert.Equal((FinishReasons.Stop, false, StreamSignalKind.CleanEnd), (answer.Finish, answer.Terminal, answer.End.Kind));
            Assert.NotEmpty(answer.Text);
            Assert.True(answer.Usage.Output > 0, "no usage");
            Assert.Equal(answer.Text, Answer.Read(document).Text);
        }
    }

    [Theory]
    [InlineData("openai/m", 0, WireFormat.OpenAi)]
    [InlineData("openai/m~status=500", 1, WireFormat.Anthropic)]
    [InlineData("openai/m~refuse", 1, WireFormat.Anthropic)]
    public async Task The_gateway_falls_back_across_vendors_and_says_who_answered(string model, int step, WireFormat wire)
    {
        foreach (var gateway in Both())
        {
            await using var stream = Assert.IsType<StreamReply>(await RunAsync(gateway, Falling(model, "anthropic/m")));
            var answer = await Answer.ReadAsync(stream);

            Assert.Equal((step, wire), (stream.Headers.Step, stream.Wire));
            Assert.NotEmpty(answer.Text);
            Assert.True(answer.Terminal);
        }
    }

    [Fact]
    public async Task When_all_fail_the_last_failure_is_told()
    {
        foreach (var gateway in Both())
        {
            var failure = Assert.IsType<FailureReply>(
                await RunAsync(gateway, Falling("openai/m~status=500", "anthropic/m~status=429~retryafter=3")));

            Assert.Equal((ErrorCodes.RateLimit, 1), (failure.Error.Code, failure.Headers.Step));
            Assert.Equal((TimeSpan.FromSeconds(3), TransportKind.Gateway), (failure.Error.RetryAfter, failure.Transport));
        }
    }

    [Theory]
    [InlineData("openai/m~status=401", ErrorCodes.Auth, "2009")]
    [InlineData("anthropic/m~status=529", ErrorCodes.ProviderError, null)]
    [InlineData("google/m~status=503~wire=google", ErrorCodes.ProviderError, "503")]
    [InlineData("@cf/meta/m~status=429", ErrorCodes.RateLimit, "3040")]
    [InlineData("@cf/meta/m~status=408", ErrorCodes.Timeout, "3007")]
    [InlineData("openai/m~status=reset", ErrorCodes.GatewayError, null)]
    public async Task A_failure_has_its_class(string model, string code, string? upstream)
    {
        var error = Assert.IsType<FailureReply>(await RunAsync(Over(bridge: false), Request(model, Chat))).Error;

        Assert.Equal((code, upstream), (error.Code, error.UpstreamCode));
    }

    [Fact]
    public async Task What_is_wrong_with_the_gateway_is_told()
    {
        var missing = Request("openai/m", Chat) with { Gateway = new GatewayOptions { Id = "missing", SkipCache = true } };
        Assert.Equal("2001", Assert.IsType<FailureReply>(await RunAsync(Over(bridge: false), missing)).Error.UpstreamCode);
        var stranger = Ways.OverAccount(_http, _emulator, token: "wrong-token");
        var refused = Assert.IsType<FailureReply>(await RunAsync(stranger, Request("openai/m", Chat))).Error;
        Assert.Equal((ErrorCodes.Auth, "2009"), (refused.Code, refused.UpstreamCode));
    }

    [Fact]
    public async Task Entries_are_sent_as_they_are_given()
    {
        Assert.Equal("workers-ai", ModelSlug.WorkersAi);
        foreach (var gateway in Both())
        {
            var request = new UniversalRequest
            {
                Entries =
                [
                    Entry("openai", "v1/chat/completions", "{\"model\":\"m~status=500\",\"messages\":[],\"stream\":true}", WireFormat.OpenAi),
                    Entry("workers-ai", "@cf/meta/m~events=2", "{\"messages\":[],\"stream\":true}", WireFormat.WorkersAi),
                ],
            };
            await using var stream = Assert.IsType<StreamReply>(await gateway.SendAsync(request, CancellationToken.None).SoonAsync());

            Assert.Equal((1, WireFormat.WorkersAi), (stream.Headers.Step, stream.Wire));
            Assert.NotEmpty((await Answer.ReadAsync(stream)).Text);
        }
    }

    [Fact]
    public async Task Metadata_reaches_the_log_with_the_call_s_over_the_defaults()
    {
        foreach (var options in new[]
        {
            new AiGatewayOptions { Account = Ways.Account(_emulator) },
            new AiGatewayOptions { Bridge = new BridgeOptions { Url = _emulator.Address, Secret = "api-token" } },
        })
        {
            var gateway = new AiGateway(_http, options with { Defaults = new GatewayOptions { Metadata = Metadata("{\"team\":\"a\",\"run\":\"d\"}") } });
            foreach (var transport in new TransportKind?[] { null, TransportKind.Gateway })
            {
                var request = Requests.Run("openai/m~events=1", Chat) with
                {
                    Transport = transport,
                    Gateway = new GatewayOptions { Metadata = Metadata("{\"run\":\"größe\"}") },
                };
                await using var stream = Assert.IsType<StreamReply>(await RunAsync(gateway, request));
                var log = await gateway.GetLogAsync("default", stream.Headers.LogId!, CancellationToken.None);

                using var json = JsonDocument.Parse(log.Body);
                var metadata = json.RootElement.GetProperty("metadata");
                Assert.Equal(("a", "größe"), (metadata.GetProperty("team").GetString(), metadata.GetProperty("run").GetString()));
                Assert.Null(await gateway.PatchLogAsync("default", stream.Headers.LogId!, new LogPatch { Feedback = -1 }, CancellationToken.None));
                var patched = await gateway.GetLogAsync("default", stream.Headers.LogId!, CancellationToken.None);
                Assert.Contains("\"feedback\":-1", Encoding.UTF8.GetString(patched.Body.Span), StringComparison.Ordinal);
            }

            Assert.Equal(ErrorCodes.NotFound, (await gateway.GetLogAsync("default", "unknown", CancellationToken.None)).Error?.Code);
            Assert.EndsWith("/gw/openai", (await gateway.GetUrlAsync("gw", "openai", CancellationToken.None)).Url, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_REST_answer_with_a_run_id_is_resumed_where_there_is_somewhere_to_ask()
    {
        await using var emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Secret = "api-token", DefaultRate = 0, RestRunIds = true });
        var gateway = Ways.OverAccount(_http, emulator, resume: emulator.Address);
        var request = Requests.Run("openai/m~drop=2000", Chat) with { Resume = true };

        await using var broken = Assert.IsType<StreamReply>(await RunAsync(gateway, request));
        var first = await Taken.AllAsync(broken.Events);
        Assert.Equal((true, StreamSignalKind.Broken), (broken.Resumable, first.End.Kind));

        var resume = new ResumeRequest("default", broken.Headers.RunId!, first.Events.Count, broken.Wire);
        await using var rest = Assert.IsType<StreamReply>(await gateway.ResumeAsync(resume, CancellationToken.None).SoonAsync());
        var second = await Taken.AllAsync(rest.Events);
        Assert.Equal((StreamSignalKind.CleanEnd, "data: [DONE]\n\n"), (second.End.Kind, second.Events[^1]));

        var nowhere = Ways.OverAccount(_http, emulator);
        await using var other = Assert.IsType<StreamReply>(await RunAsync(nowhere, request with { Resume = null }));
        Assert.Equal((true, false), (other.Headers.RunId is not null, other.Resumable));
    }

    private static RunRequest Request(string model, string inputs) =>
        Requests.Run(model, inputs) with { Transport = TransportKind.Gateway };

    private static RunRequest Falling(string model, string fallback) => Requests.Run(model, Chat) with
    {
        Fallbacks = [new FallbackModel { Model = fallback, Inputs = Encoding.UTF8.GetBytes(Chat) }],
    };

    private static UniversalEntry Entry(string provider, string endpoint, string query, WireFormat wire) =>
        new() { Provider = provider, Endpoint = endpoint, Query = Encoding.UTF8.GetBytes(query), Wire = wire };

    private static Dictionary<string, JsonElement> Metadata(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static Task<GatewayReply> RunAsync(AiGateway gateway, RunRequest request) =>
        gateway.RunAsync(request, CancellationToken.None).SoonAsync();

    private AiGateway[] Both() => [Over(bridge: false), Over(bridge: true)];

    private AiGateway Over(bool bridge) => bridge ? Ways.OverBridge(_http, _emulator) : Ways.OverAccount(_http, _emulator);
}
