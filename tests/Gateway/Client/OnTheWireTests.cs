using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>What goes over the wire on each transport: URL, headers, body.</summary>
public sealed class OnTheWireTests
{
    private const string Chat = "{\"messages\":[]}";

    private static readonly GatewayOptions AllOptions = new()
    {
        Id = "gw", SkipCache = true, CacheTtl = 60, CacheKey = "k", CollectLog = false, EventId = "e", RequestTimeoutMs = 900, Zdr = true,
        Retries = new GatewayRetries { MaxAttempts = 3, RetryDelayMs = 10, Backoff = GatewayBackoff.Exponential },
        Metadata = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            "{\"tëam\":\"ä\\ud83d😀\",\"n\":9007199254740993,\"m\":-1.5e3,\"b\":true,\"s\":9007199254740991}"),
        ByokAlias = "alias", CustomCost = new CustomCost(0.000001m, 0.5m),
    };

    private static readonly string[] AllHeaders =
    [
        "cf-aig-backoff: exponential",
        "cf-aig-byok-alias: alias",
        "cf-aig-cache-key: k",
        "cf-aig-cache-ttl: 60",
        "cf-aig-collect-log: false",
        "cf-aig-custom-cost: {\"per_token_in\":0.000001,\"per_token_out\":0.5}",
        "cf-aig-event-id: e",
        "cf-aig-max-attempts: 3",
        "cf-aig-metadata: {\"t\\u00ebam\":\"\\u00e4\\ud83d\\ud83d\\ude00\",\"n\":\"9007199254740993\",\"m\":-1.5e3,\"b\":true,\"s\":9007199254740991}",
        "cf-aig-request-timeout: 900",
        "cf-aig-retry-delay: 10",
        "cf-aig-skip-cache: true",
        "cf-aig-zdr: true",
        "x-session-affinity: s1",
    ];

    [Theory]
    [InlineData("openai/gpt-5", null, "run", "{\"model\":\"openai/gpt-5\",\"input\":{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}}")]
    [InlineData("google-ai-studio/g", null, "run", "{\"model\":\"google/g\",\"input\":{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}}")]
    [InlineData("@cf/meta/m", null, "run/@cf/meta/m", "{\"stream\":true,\"messages\":[]}")]
    [InlineData("openai/gpt-5", "v1/chat/completions", "v1/chat/completions", "{\"model\":\"openai/gpt-5\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}")]
    [InlineData("openai/gpt-5", "v1/responses", "v1/responses", "{\"model\":\"openai/gpt-5\",\"stream\":true,\"messages\":[]}")]
    [InlineData("anthropic/c", "v1/messages", "v1/messages", "{\"model\":\"anthropic/c\",\"stream\":true,\"messages\":[]}")]
    [InlineData("@cf/baai/bge", "v1/embeddings", "v1/embeddings", "{\"model\":\"@cf/baai/bge\",\"messages\":[]}")]
    public async Task The_REST_API(string model, string? endpoint, string path, string body)
    {
        var handler = await SendAsync(Requests.Run(model, Chat) with { Endpoint = endpoint, Gateway = new GatewayOptions { Id = "gw" } });

        Assert.Equal($"http://api.test/v4/accounts/acc/ai/{path}", handler.Request!.RequestUri!.ToString());
        Assert.Equal(["Authorization: Bearer token", "cf-aig-gateway-id: gw"], Headers(handler));
        Assert.Equal(body, handler.Body);
        Assert.Equal("application/json", handler.Request.Content!.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("openai/gpt-5", null, "openai/v1/chat/completions", "{\"model\":\"gpt-5\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}")]
    [InlineData("groq/l", "v1/chat/completions", "groq/chat/completions", "{\"model\":\"l\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}")]
    [InlineData("grok/g", null, "grok/v1/chat/completions", "{\"model\":\"g\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}")]
    [InlineData("mistral/l", null, "mistral/v1/chat/completions", "{\"model\":\"l\",\"stream\":true,\"messages\":[]}")]
    [InlineData("openrouter/anthropic/c", null, "openrouter/v1/chat/completions", "{\"model\":\"anthropic/c\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}")]
    [InlineData("anthropic/c", null, "anthropic/v1/messages", "{\"model\":\"c\",\"stream\":true,\"messages\":[]}")]
    [InlineData("google/g", null, "compat/chat/completions", "{\"model\":\"google-ai-studio/g\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}")]
    [InlineData("@cf/meta/m", null, "workers-ai/@cf/meta/m", "{\"stream\":true,\"messages\":[]}")]
    [InlineData("@cf/meta/m", "v1/chat/completions", "workers-ai/v1/chat/completions", "{\"model\":\"@cf/meta/m\",\"stream\":true,\"messages\":[]}")]
    [InlineData("@cf/meta/m", "v1/embeddings", "workers-ai/v1/embeddings", "{\"model\":\"@cf/meta/m\",\"messages\":[]}")]
    [InlineData("groq/l", "v1/embeddings", "groq/embeddings", "{\"model\":\"l\",\"messages\":[]}")]
    [InlineData("azure/d", "res/dep/chat/completions?api-version=1", "azure-openai/res/dep/chat/completions?api-version=1", "{\"model\":\"d\",\"stream\":true,\"messages\":[]}")]
    [InlineData("cohere/c", "v2/chat", "cohere/v2/chat", "{\"messages\":[]}")]
    public async Task The_gateway_endpoints(string model, string? endpoint, string path, string body)
    {
        var request = Requests.Run(model, Chat) with { Endpoint = endpoint, Transport = TransportKind.Gateway, Gateway = new GatewayOptions { Id = "g w" } };
        var handler = await SendAsync(request);

        Assert.Equal($"http://gw.test/v1/acc/g%20w/{path}", handler.Request!.RequestUri!.AbsoluteUri);
        Assert.Equal(
            path.StartsWith("anthropic/", StringComparison.Ordinal)
                ? ["anthropic-version: 2023-06-01", "cf-aig-authorization: Bearer token"]
                : ["cf-aig-authorization: Bearer token"],
            Headers(handler));
        Assert.Equal(body, handler.Body);
    }

    [Theory]
    [InlineData("{\"model\":\"other\",\"messages\":[],\"stream\":false}", "{\"model\":\"gpt-5-mini\",\"messages\":[],\"stream\":true}")]
    [InlineData("{\"messages\":[], \"mod\\u0065l\":{\"a\":1}}", "{\"stream\":true,\"messages\":[], \"mod\\u0065l\":\"gpt-5-mini\"}")]
    [InlineData("{\"messages\":[{\"model\":1}]}", "{\"model\":\"gpt-5-mini\",\"stream\":true,\"messages\":[{\"model\":1}]}")]
    public async Task The_model_takes_the_place_of_one_in_the_inputs(string inputs, string sent)
    {
        var handler = await SendAsync(Requests.Run("openai/gpt-5-mini", inputs) with { Transport = TransportKind.Gateway });

        Assert.Equal(sent, handler.Body!.Replace("\"stream_options\":{\"include_usage\":true},", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Google_s_model_is_in_the_path()
    {
        var request = Requests.Run("google/gemini-3", "{\"contents\":[]}") with { Transport = TransportKind.Gateway };

        var streaming = await SendAsync(request);
        Assert.Equal("/v1/acc/default/google-ai-studio/v1beta/models/gemini-3:streamGenerateContent?alt=sse", streaming.Request!.RequestUri!.PathAndQuery);
        Assert.Equal("{\"contents\":[]}", streaming.Body);
        var whole = await SendAsync(request with { Stream = false });
        Assert.EndsWith("/gemini-3:generateContent", whole.Request!.RequestUri!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_options_are_headers_on_the_gateway_endpoints()
    {
        var handler = await SendAsync(Requests.Run() with { Gateway = AllOptions, SessionAffinity = "s1" });

        Assert.Equal(AllHeaders.Prepend("cf-aig-authorization: Bearer token").Order(StringComparer.Ordinal), Headers(handler), StringComparer.Ordinal);
    }

    [Fact]
    public async Task All_options_are_headers_over_REST()
    {
        var options = AllOptions with { SkipCache = false, CacheTtl = null, ByokAlias = null };
        var handler = await SendAsync(Requests.Run() with { Gateway = options, SessionAffinity = "s1" });

        Assert.Equal(
            AllHeaders
                .Where(header => !header.StartsWith("cf-aig-byok", StringComparison.Ordinal) && !header.StartsWith("cf-aig-cache-ttl", StringComparison.Ordinal))
                .Select(header => header.Replace("skip-cache: true", "skip-cache: false", StringComparison.Ordinal))
                .Append("Authorization: Bearer token").Append("cf-aig-gateway-id: gw").Order(StringComparer.Ordinal),
            Headers(handler),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task All_options_are_in_each_entry_over_the_bridge()
    {
        var handler = await SendAsync(Requests.Run() with { Gateway = AllOptions, SessionAffinity = "s1", Fallbacks = [Fallback("anthropic/c")] }, bridge: true);

        Assert.Equal("http://bridge.test/base/gateways/gw/run", handler.Request!.RequestUri!.ToString());
        Assert.Equal(["Authorization: Bearer token"], Headers(handler));
        using var body = JsonDocument.Parse(handler.Body!);
        Assert.Equal(2, body.RootElement.GetArrayLength());
        Assert.Equal(AllHeaders, EntryHeaders(body.RootElement[0]));
        Assert.Equal(AllHeaders.Prepend("anthropic-version: 2023-06-01"), EntryHeaders(body.RootElement[1]), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Several_models_go_to_the_universal_endpoint_each_in_its_own_shape()
    {
        var handler = await SendAsync(Requests.Run() with
        {
            Gateway = new GatewayOptions { CacheTtl = 5 },
            ExtraHeaders = Extra(("x-a", "1"), ("authorization", "Bearer sk-openai")),
            Byok = true,
            Fallbacks =
            [
                Fallback("anthropic/c") with { ExtraHeaders = Extra(("x-api-key", "sk-ant"), ("x-a", "2"), ("cf-aig-cache-ttl", "9")) },
                new FallbackModel { Model = "google/g", Inputs = "{\"contents\":[]}"u8.ToArray() },
            ],
        });

        Assert.Equal("http://gw.test/v1/acc/default", handler.Request!.RequestUri!.ToString());
        Assert.Equal(["cf-aig-authorization: Bearer token", "cf-aig-cache-ttl: 5"], Headers(handler));
        Assert.Equal(
            "[{\"provider\":\"openai\",\"endpoint\":\"v1/chat/completions\",\"headers\":{\"x-a\":\"1\",\"authorization\":\"Bearer sk-openai\"},"
            + "\"query\":{\"model\":\"gpt-5-mini\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}},"
            + "{\"provider\":\"anthropic\",\"endpoint\":\"v1/messages\",\"headers\":{\"x-a\":\"2\",\"x-api-key\":\"sk-ant\",\"cf-aig-cache-ttl\":\"9\","
            + "\"anthropic-version\":\"2023-06-01\"},\"query\":{\"model\":\"c\",\"stream\":true,\"messages\":[]}},"
            + "{\"provider\":\"google-ai-studio\",\"endpoint\":\"v1beta/models/g:streamGenerateContent?alt=sse\",\"headers\":{\"x-a\":\"1\"},"
            + "\"query\":{\"contents\":[]}}]",
            handler.Body);
        Assert.Equal(Encoding.UTF8.GetByteCount(handler.Body!), handler.Request.Content!.Headers.ContentLength);
    }

    [Fact]
    public async Task An_entry_s_header_wins_over_the_request_s_also_where_they_travel_together()
    {
        var entry = new UniversalEntry
        {
            Provider = "openai",
            Endpoint = "v1/chat/completions",
            Query = "{}"u8.ToArray(),
            Headers = Extra(("CF-AIG-Cache-TTL", "9"), ("Host", "evil"), ("Content-Length", "1"), ("CF-AIG-Authorization", "Bearer x-other"), ("Authorization", "Bearer sk-x"), ("x-b", "2")),
        };
        foreach (var bridge in new[] { false, true })
        {
            var handler = StubHandler.Answering(200, "{}");
            var gateway = Over(handler, bridge);
            await gateway.SendAsync(new UniversalRequest { Entries = [entry], Gateway = new GatewayOptions { CacheTtl = 5 } }, CancellationToken.None);

            string[] sent = bridge ? EntryHeaders(JsonDocument.Parse(handler.Body!).RootElement[0]) : Headers(handler);
            Assert.Equal(["cf-aig-cache-ttl: 9", "x-b: 2"], sent.Select(Lower).Where(header => !header.Contains("bearer token", StringComparison.Ordinal)), StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData("openai/m", "Authorization")]
    [InlineData("anthropic/m", "x-api-key")]
    [InlineData("google/m", "x-goog-api-key")]
    [InlineData("mistral/m", "authorization")]
    [InlineData("cohere/m", "xi-api-key")]
    public async Task A_provider_s_key_goes_on_with_byok_only(string model, string header)
    {
        var request = Requests.Run(model) with { Transport = TransportKind.Gateway, ExtraHeaders = Extra((header, "sk-secret")) };

        Assert.DoesNotContain("sk-secret", string.Join('\n', Headers(await SendAsync(request))), StringComparison.Ordinal);
        Assert.Contains(Headers(await SendAsync(request with { Byok = true })), sent => Lower(sent) == $"{Lower(header)}: sk-secret");
        Assert.DoesNotContain("sk-secret", (await SendAsync(request, bridge: true)).Body, StringComparison.Ordinal);
        Assert.Contains("sk-secret", (await SendAsync(request with { Byok = true }, bridge: true)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "production")]
    [InlineData("own", "own")]
    [InlineData("default", "default")]
    public async Task The_gateway_is_the_one_of_the_request_or_that_of_the_defaults(string? own, string gateway)
    {
        var request = Requests.Run() with { Gateway = own is null ? new GatewayOptions { CacheKey = "k" } : new GatewayOptions { Id = own, CacheKey = "k" } };

        Assert.Contains($"cf-aig-gateway-id: {gateway}", Headers(await SendAsync(request, bridge: false, "production")), StringComparer.Ordinal);
        Assert.Contains($"\"gateway\":{{\"id\":\"{gateway}\"", (await SendAsync(request, bridge: true, "production")).Body, StringComparison.Ordinal);
        foreach (var bridge in new[] { false, true })
        {
            var url = (await SendAsync(request with { Transport = TransportKind.Gateway }, bridge, "production")).Request!.RequestUri!.AbsoluteUri;
            Assert.Contains(bridge ? $"/gateways/{gateway}/run" : $"/acc/{gateway}/openai/", url, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_provider_s_key_never_takes_the_place_of_the_token()
    {
        var handler = await SendAsync(Requests.Run() with { ExtraHeaders = Extra(("authorization", "Bearer sk-secret"), ("X-Other", "1")) });

        Assert.Equal(["Authorization: Bearer token", "X-Other: 1", "cf-aig-gateway-id: default"], Headers(handler));
    }

    [Theory]
    [InlineData("cf-aig-authorization")]
    [InlineData("CF-AIG-Gateway-Id")]
    [InlineData("cf-aig-cache-ttl")]
    [InlineData("cf-aig-metadata")]
    public async Task What_is_said_elsewhere_is_no_extra_header(string header)
    {
        var handler = StubHandler.Answering(200, "{}");
        var reply = await Over(handler, bridge: false).RunAsync(
            Requests.Run() with { Gateway = AllOptions, ExtraHeaders = Extra((header, "zq")) }, CancellationToken.None);

        var error = Assert.IsType<FailureReply>(reply).Error;
        Assert.Equal(ErrorCodes.Config, error.Code);
        Assert.StartsWith($"extraHeaders/{Lower(header)}:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("zq", error.Message, StringComparison.Ordinal);
        Assert.Null(handler.Request);
    }

    [Fact]
    public async Task A_secret_that_is_quoted_back_is_taken_out()
    {
        var handler = StubHandler.Answering(401, "{\"error\":{\"message\":\"Incorrect API key: sk-secret-key of token-abcdef\"}}");
        var gateway = Over(handler, bridge: false, token: "token-abcdef");
        var request = Requests.Run() with { Byok = true, ExtraHeaders = Extra(("authorization", "Bearer sk-secret-key")) };

        var error = Assert.IsType<FailureReply>(await gateway.RunAsync(request, CancellationToken.None)).Error;

        Assert.Equal((ErrorCodes.Auth, "Incorrect API key: [redacted] of [redacted]"), (error.Code, error.Message));
    }

    private static FallbackModel Fallback(string model) => new() { Model = model, Inputs = Encoding.UTF8.GetBytes(Chat) };

    private static Dictionary<string, string> Extra(params (string Name, string Value)[] headers) =>
        headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal);

    private static async Task<StubHandler> SendAsync(RunRequest request, bool bridge = false, string? defaultId = null)
    {
        var handler = StubHandler.Answering(200, "{}");
        var defaults = defaultId is null ? new GatewayOptions() : new GatewayOptions { Id = defaultId };
        Assert.IsType<DocumentReply>(await Over(handler, bridge, defaults: defaults).RunAsync(request, CancellationToken.None));
        return handler;
    }

    private static AiGateway Over(StubHandler handler, bool bridge, string token = "token", GatewayOptions? defaults = null) => new(new HttpMessageInvoker(handler), bridge
        ? new AiGatewayOptions { Bridge = new BridgeOptions { Url = new Uri("http://bridge.test/base/"), Secret = token }, Defaults = defaults ?? new() }
        : new AiGatewayOptions
        {
            Defaults = defaults ?? new(),
            Account = new AccountOptions
            {
                AccountId = "acc",
                ApiToken = token,
                ApiUrl = new Uri("http://api.test/v4/"),
                EndpointUrl = new Uri("http://gw.test/v1"),
            },
        });

    private static string[] Headers(StubHandler handler) =>
    [
        .. handler.Request!.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal),
    ];

    private static string[] EntryHeaders(JsonElement entry) =>
    [
        .. entry.GetProperty("headers").EnumerateObject().Select(header => $"{header.Name}: {header.Value.GetString()}").Order(StringComparer.Ordinal),
    ];

    private static string Lower(string text) => text.ToLower(CultureInfo.InvariantCulture);
}
