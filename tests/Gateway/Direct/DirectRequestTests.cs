using System.Text;

namespace Orchestrator.Gateway.Tests.Direct;

/// <summary>What a direct upstream is sent, and what may be asked of it.</summary>
public sealed class DirectRequestTests
{
    private const string Inputs = "{\"messages\":[]}";
    private static readonly DirectUpstream Local = new() { Name = "local", BaseUrl = new Uri("http://llm.test/v1/"), ApiKey = "local-api-key" };
    private static readonly DirectUpstream Claude = new()
    {
        Name = "claude", BaseUrl = new Uri("https://claude.test/base"), ApiKey = "claude-api-key", Wire = WireFormat.Anthropic,
    };

    [Fact]
    public async Task The_OpenAI_wire_is_asked_in_its_words()
    {
        var stub = await SendAsync(Local, Requests.Run("local/meta/llama:8b", Inputs));

        Assert.Equal("http://llm.test/v1/chat/completions", stub.Request!.RequestUri!.AbsoluteUri);
        Assert.Equal("Bearer local-api-key", Header(stub, "authorization"));
        Assert.Null(Header(stub, "anthropic-version"));
        Assert.Equal("{\"model\":\"meta/llama:8b\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}", stub.Body);
    }

    [Fact]
    public async Task A_server_that_refuses_stream_options_gets_none()
    {
        var stub = await SendAsync(Local with { TakesStreamOptions = false }, Requests.Run("local/m", Inputs));
        Assert.Equal("{\"model\":\"m\",\"stream\":true,\"messages\":[]}", stub.Body);

        stub = await SendAsync(Local, Requests.Run("local/m", Inputs) with { Stream = false });
        Assert.Equal("{\"model\":\"m\",\"messages\":[]}", stub.Body);
    }

    [Theory]
    [InlineData("https://claude.test/base")]
    [InlineData("https://claude.test/base/v1")]
    [InlineData("https://claude.test/base/v1/")]
    public async Task The_Anthropic_wire_is_asked_in_its_words(string url)
    {
        var stub = await SendAsync(Claude with { BaseUrl = new Uri(url) }, Requests.Run("claude/m", Inputs));

        Assert.Equal("https://claude.test/base/v1/messages", stub.Request!.RequestUri!.AbsoluteUri);
        Assert.Equal(("claude-api-key", "2023-06-01", null), (Header(stub, "x-api-key"), Header(stub, "anthropic-version"), Header(stub, "authorization")));
        Assert.Equal("{\"model\":\"m\",\"stream\":true,\"messages\":[]}", stub.Body);
    }

    [Theory]
    [InlineData("v1/embeddings", "http://llm.test/v1/embeddings", "{\"model\":\"m\",\"messages\":[]}")]
    [InlineData("v1/responses", "http://llm.test/v1/responses", "{\"model\":\"m\",\"stream\":true,\"messages\":[]}")]
    [InlineData("rerank?top=3", "http://llm.test/v1/rerank?top=3", Inputs)]
    public async Task Another_endpoint_can_be_named(string endpoint, string url, string body)
    {
        var stub = await SendAsync(Local, Requests.Run("local/m", Inputs) with { Endpoint = endpoint });

        Assert.Equal((url, body), (stub.Request!.RequestUri!.AbsoluteUri, stub.Body));
    }

    [Fact]
    public async Task A_key_of_the_caller_s_own_comes_in_place_of_the_configured_one()
    {
        var upstream = Local with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["api-key"] = "configured", ["x-team"] = "blue" } };
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer own", ["x-more"] = "1" };
        var request = Requests.Run("local/m", Inputs) with { ExtraHeaders = headers };

        var stub = await SendAsync(upstream, request);
        Assert.Equal(("Bearer local-api-key", "configured", "blue", "1"), (Header(stub, "authorization"), Header(stub, "api-key"), Header(stub, "x-team"), Header(stub, "x-more")));

        stub = await SendAsync(upstream, request with { Byok = true });
        Assert.Equal(("Bearer own", null, "blue", "1"), (Header(stub, "authorization"), Header(stub, "api-key"), Header(stub, "x-team"), Header(stub, "x-more")));

        var inAnotherHeader = new Dictionary<string, string>(StringComparer.Ordinal) { ["api-key"] = "own" };
        stub = await SendAsync(upstream, request with { Byok = true, ExtraHeaders = inAnotherHeader });
        Assert.Equal((null, "own"), (Header(stub, "authorization"), Header(stub, "api-key")));
    }

    [Fact]
    public async Task Keys_do_not_get_into_messages()
    {
        var stub = StubHandler.Answering(401, "{\"error\":{\"message\":\"Incorrect key local-api-key or own-header-value\"}}");
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-own"] = "own-header-value" };
        var reply = await Upstreams(stub, Local).RunAsync(Requests.Run("local/m") with { ExtraHeaders = headers }, CancellationToken.None);

        var error = Assert.IsType<FailureReply>(reply).Error;
        Assert.Equal((ErrorCodes.Auth, "Incorrect key [redacted] or [redacted]"), (error.Code, error.Message));
        Assert.Equal(["local-api-key"], Upstreams(stub, Local).Secrets);
    }

    [Fact]
    public async Task A_run_id_of_somebody_makes_nothing_resumable()
    {
        var stub = StubHandler.Answering(200, "data: [DONE]\n\n", ("Content-Type", "text/event-stream"), ("cf-aig-run-id", "r1"));
        await using var stream = Assert.IsType<StreamReply>(await Upstreams(stub, Local).RunAsync(Requests.Run("local/m"), CancellationToken.None));

        Assert.False(stream.Resumable);
    }

    [Fact]
    public async Task What_needs_the_gateway_is_refused_with_the_way_out()
    {
        (string Field, Func<RunRequest, RunRequest> Ask)[] all =
        [
            ("resume", request => request with { Resume = true }),
            ("transport", request => request with { Transport = TransportKind.Gateway }),
            ("transport", request => request with { Transport = TransportKind.Run }),
            ("fallback/mode", request => request with { Fallbacks = [new FallbackModel { Model = "openai/m", Inputs = Encoding.UTF8.GetBytes(Inputs) }] }),
            ("gateway/cacheTtl", request => request with { Gateway = new GatewayOptions { CacheTtl = 1 } }),
            ("gateway/skipCache", request => request with { Gateway = new GatewayOptions { SkipCache = true } }),
            ("gateway/cacheKey", request => request with { Gateway = new GatewayOptions { CacheKey = "k" } }),
            ("gateway/byokAlias", request => request with { Gateway = new GatewayOptions { ByokAlias = "a" } }),
            ("zdr", request => request with { Gateway = new GatewayOptions { Zdr = true } }),
            ("input", request => request with { Inputs = "[]"u8.ToArray() }),
            ("endpoint", request => request with { Endpoint = "../x" }),
        ];
        foreach (var (field, ask) in all)
        {
            var stub = StubHandler.Answering(200, "{}");
            var request = ask(Requests.Run("local/m", Inputs));

            var refusal = Assert.IsType<TransportRefusal>(Upstreams(stub, Local).Decide(request));
            Assert.Equal(field, Assert.Single(refusal.Problems).Field);
            var reply = await Upstreams(stub, Local).RunAsync(request, CancellationToken.None);
            Assert.Equal(ErrorCodes.Config, Assert.IsType<FailureReply>(reply).Error.Code);
            Assert.Null(stub.Request);
        }
    }

    [Fact]
    public void The_decision_warns_of_what_can_not_be_had()
    {
        var upstreams = Upstreams(StubHandler.Answering(200, "{}"), Local);
        var metadata = new GatewayOptions { CollectLog = true, EventId = "e" };
        var choice = Assert.IsType<TransportChoice>(upstreams.Decide(Requests.Run("local/m") with { Gateway = metadata }));

        Assert.Equal((TransportKind.Direct, false), (choice.Transport, choice.Resume));
        Assert.Contains("can not be resumed", Assert.Single(choice.Warnings), StringComparison.Ordinal);
        Assert.Empty(Assert.IsType<TransportChoice>(upstreams.Decide(Requests.Run("local/m") with { Resume = false })).Warnings);
        var timed = Requests.Run("local/m") with { Resume = false, Gateway = new GatewayOptions { RequestTimeoutMs = 5 } };
        Assert.Contains("timeout", Assert.Single(Assert.IsType<TransportChoice>(upstreams.Decide(timed)).Warnings), StringComparison.Ordinal);
    }

    internal static DirectUpstreams Upstreams(StubHandler stub, params DirectUpstream[] upstreams) =>
        new(new HttpMessageInvoker(stub), upstreams, gateway: null);

    private static async Task<StubHandler> SendAsync(DirectUpstream upstream, RunRequest request)
    {
        var stub = StubHandler.Answering(200, "{}", ("Content-Type", "application/json"));
        Assert.IsType<DocumentReply>(await Upstreams(stub, upstream).RunAsync(request, CancellationToken.None));
        return stub;
    }

    private static string? Header(StubHandler stub, string name) =>
        stub.Request!.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
