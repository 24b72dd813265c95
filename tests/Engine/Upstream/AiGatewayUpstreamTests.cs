using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Upstream;

/// <summary>A run's fields, as they leave for the gateway.</summary>
public sealed class AiGatewayUpstreamTests : IDisposable
{
    private const string Input = """{"messages":[{"role":"user","content":"hi"}]}""";

    private static readonly AccountOptions Account = new()
    {
        AccountId = "acc", ApiToken = "token-1", ApiUrl = new Uri("http://api.test/client/v4"), EndpointUrl = new Uri("http://gateway.test/v1"),
    };

    private readonly RequestLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Every_gateway_option_reaches_the_request()
    {
        await DispatchAsync(new RunSpec
        {
            Model = "openai/gpt",
            ByokAlias = "mine",
            Zdr = true,
            SessionAffinity = "user-1",
            Gateway = new GatewaySpec
            {
                Id = "prod",
                SkipCache = true,
                CacheTtl = 60,
                CacheKey = "key-1",
                CollectLog = false,
                Metadata = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["team"] = JsonElement.Parse("\"a\"") },
                EventId = "event-1",
                RequestTimeoutMs = 1500,
                Retries = new GatewayRetrySpec { MaxAttempts = 3, RetryDelayMs = 20, Backoff = Backoff.Linear },
            },
        });

        var (url, headers, _) = _log.Single;
        Assert.Equal("http://gateway.test/v1/acc/prod/openai/v1/chat/completions", url.AbsoluteUri);
        Assert.Equal("Bearer token-1", headers["cf-aig-authorization"]);
        Assert.Equal(
            "backoff=linear byok-alias=mine cache-key=key-1 cache-ttl=60 collect-log=false event-id=event-1 max-attempts=3 metadata={\"team\":\"a\"} "
            + "request-timeout=1500 retry-delay=20 skip-cache=true zdr=true",
            string.Join(' ', headers
                .Where(static header => header.Key.StartsWith("cf-aig-", StringComparison.OrdinalIgnoreCase) && !header.Key.EndsWith("authorization", StringComparison.Ordinal))
                .Select(static header => $"{header.Key["cf-aig-".Length..]}={header.Value}")
                .Order(StringComparer.Ordinal)));
        Assert.Equal("user-1", headers["x-session-affinity"]);
    }

    [Fact]
    public async Task The_run_path_goes_over_the_rest_api_to_the_default_gateway()
    {
        await DispatchAsync(new RunSpec { Model = "openai/gpt" });

        var (url, headers, body) = _log.Single;
        Assert.Equal("http://api.test/client/v4/accounts/acc/ai/run", url.AbsoluteUri);
        Assert.Equal("house", headers["cf-aig-gateway-id"]);
        Assert.Equal("openai/gpt", JsonElement.Parse(body).GetProperty("model").GetString());
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "Bearer sk-own")]
    public async Task A_key_of_the_callers_own_goes_on_with_byok_alone(bool byok, string? key)
    {
        await DispatchAsync(
            new RunSpec { Model = "openai/gpt", Byok = byok, Transport = TransportNames.Gateway, ExtraHeaders = ["authorization", "x-trace"] },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["authorization"] = "Bearer sk-own", ["x-trace"] = "t" });

        Assert.Equal(key, _log.Single.Headers.GetValueOrDefault("authorization"));
        Assert.Equal("t", _log.Single.Headers["x-trace"]);
    }

    [Fact]
    public async Task Server_side_fallback_is_one_request_with_each_models_own_input()
    {
        var spec = new RunSpec
        {
            Model = "openai/gpt", Fallback = new FallbackSpec { Mode = FallbackSpec.ServerMode, Models = ["anthropic/claude", "@cf/meta/llama"] },
        };
        await DispatchAsync(spec, own: ("anthropic/claude", """{"messages":[],"max_tokens":5}"""));

        var (url, _, body) = _log.Single;
        Assert.Equal("http://gateway.test/v1/acc/house", url.AbsoluteUri);
        var entries = JsonElement.Parse(body).EnumerateArray().ToList();
        Assert.Equal(
            "openai v1/chat/completions, anthropic v1/messages, workers-ai @cf/meta/llama",
            string.Join(", ", entries.Select(static entry => $"{entry.GetProperty("provider").GetString()} {entry.GetProperty("endpoint").GetString()}")));
        Assert.Equal(5, entries[1].GetProperty("query").GetProperty("max_tokens").GetInt32());
        Assert.Equal(1, entries[2].GetProperty("query").GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task What_must_be_resumable_and_can_not_be_is_refused_and_nothing_is_sent()
    {
        var reply = await DispatchAsync(new RunSpec { Model = "openai/gpt", Resume = true });

        Assert.Equal(ErrorCodes.Config, Assert.IsType<FailureReply>(reply).Error.Code);
        Assert.Empty(_log.Requests);
    }

    [Fact]
    public void A_leg_is_decided_on_as_it_will_be_dispatched()
    {
        var upstream = Upstream();
        var spec = new RunSpec { Model = "openai/gpt", Fallback = new FallbackSpec { Models = ["mistral/large", "replicate/x"] } };
        var inputs = new RunInputs(Encoding.UTF8.GetBytes(Input), RunInputs.None);

        Assert.Equal(TransportKind.Run, Assert.IsType<TransportChoice>(upstream.Decide(spec, inputs, SealedHeaders.None, leg: 0)).Transport);
        Assert.Equal(TransportKind.Gateway, Assert.IsType<TransportChoice>(upstream.Decide(spec, inputs, SealedHeaders.None, leg: 1)).Transport);
        Assert.IsType<TransportRefusal>(upstream.Decide(spec, inputs, SealedHeaders.None, leg: 2));
        Assert.Equal(TransportKind.Run, Assert.IsType<TransportChoice>(upstream.Select(spec, leg: 0)).Transport);
        Assert.Equal("resume", Assert.Single(Assert.IsType<TransportRefusal>(upstream.Select(spec with { Resume = true }, leg: 0)).Problems).Field);
        Assert.Empty(_log.Requests);
    }

    [Fact]
    public void A_leg_of_a_direct_upstream_is_journaled_as_such()
    {
        var spec = new RunSpec { Model = "openai/gpt", Fallback = new FallbackSpec { Models = ["mistral/large", "local/m"] } };
        var local = new DirectUpstream { Name = "local", BaseUrl = new Uri("http://llm.test/v1") };
        var direct = new DirectUpstreams(new HttpMessageInvoker(_log, disposeHandler: false), [local], gateway: null);
        IGateway upstream = new AiGatewayUpstream(direct, "house", ResumeSupport.Yes, [], direct);

        Assert.Equal(
            "run gateway direct", string.Join(' ', Enumerable.Range(0, 3).Select(leg => TransportNames.Of(upstream.TransportOf(spec, spec.ModelOf(leg))))));
    }

    private AiGatewayUpstream Upstream()
    {
        var options = new AiGatewayOptions { Account = Account };
        return new AiGatewayUpstream(new AiGateway(new HttpMessageInvoker(_log, disposeHandler: false), options), "house", options.RunPathResume, ["token-1"]);
    }

    private async Task<GatewayReply> DispatchAsync(
        RunSpec spec, IReadOnlyDictionary<string, string>? headers = null, (string Model, string Input)? own = null)
    {
        var inputs = new RunInputs(
            Encoding.UTF8.GetBytes(Input),
            own is { } one
                ? new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { [one.Model] = Encoding.UTF8.GetBytes(one.Input) }
                : RunInputs.None);
        return await Upstream().DispatchAsync(
            new GatewayDispatch
            {
                Run = RunRecording.Id,
                Spec = spec,
                Model = spec.Model,
                Input = inputs.For(spec.Model),
                FallbackInputs = inputs.OfServerFallbacks(spec),
                ExtraHeaders = headers ?? SealedHeaders.None,
            },
            TestContext.Current.CancellationToken);
    }
}
