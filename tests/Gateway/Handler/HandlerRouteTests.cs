using System.Net;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Handler;

/// <summary>Where requests go, and which are refused.</summary>
public sealed class HandlerRouteTests
{
    private static readonly CustomProvider[] Custom =
    [
        new() { Slug = "custom-house", BaseUrl = new Uri("https://llm.house.test/api"), AuthHeaders = ["x-house-key"] },
        new() { Slug = "custom-house-beta", BaseUrl = new Uri("https://llm.house.test/api/beta/") },
        new() { Slug = "custom-port", BaseUrl = new Uri("http://10.0.0.7:8080") },
    ];

    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", "openai/v1/chat/completions")]
    [InlineData("https://api.anthropic.com/v1/messages?beta=true", "anthropic/v1/messages?beta=true")]
    [InlineData("https://api.groq.com/openai/v1/chat/completions", "groq/chat/completions")]
    [InlineData("https://res.openai.azure.com/openai/deployments/d/chat/completions?api-version=1", "azure-openai/res/d/chat/completions?api-version=1")]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/model/m/invoke", "aws-bedrock/bedrock-runtime/us-east-1/model/m/invoke")]
    [InlineData("https://api.openai.com/v1/files?filter[a]=b", "openai/v1/files?filter[a]=b")]
    [InlineData("https://llm.house.test/api/v1/chat?x=1", "custom-house/v1/chat?x=1")]
    [InlineData("https://llm.house.test/api/beta/v1/chat", "custom-house-beta/v1/chat")]
    [InlineData("https://llm.house.test/api", "custom-house/")]
    [InlineData("http://10.0.0.7:8080/v1/chat", "custom-port/v1/chat")]
    public async Task The_URL_tells_the_provider(string url, string expected) =>
        Assert.Equal($"https://gateway.ai.cloudflare.com/v1/acc/gw/{expected}", await UrlAsync(url, Options()));

    [Theory]
    [InlineData("baseten", "https://model-x.api.baseten.co/environments/production/predict?a=b", "baseten/environments/production/predict?a=b")]
    [InlineData("parallel", "https://api.parallel.ai/v1/search", "parallel/v1/search")]
    [InlineData("google", "https://generativelanguage.googleapis.com/v1beta/models/g:generateContent", "google-ai-studio/v1beta/models/g:generateContent")]
    [InlineData("google-ai-studio", "http://127.0.0.1:9/v1beta/x", "google-ai-studio/v1beta/x")]
    [InlineData("perplexity-ai", "https://api.perplexity.ai/chat/completions", "perplexity-ai/chat/completions")]
    [InlineData("groq", "https://api.groq.com/openai/v1/models", "groq/models")]
    [InlineData("custom-house", "https://llm.house.test/api/v1/chat", "custom-house/v1/chat")]
    [InlineData("custom-unlisted", "https://api.openai.com/v1/chat/completions", "custom-unlisted/v1/chat/completions")]
    [InlineData("compat", "https://api.openai.com/v1/chat/completions", "compat/chat/completions")]
    public async Task A_name_wins_over_the_URL(string provider, string url, string expected)
    {
        Assert.Equal($"https://gateway.ai.cloudflare.com/v1/acc/gw/{expected}", await UrlAsync(url, Options() with { Provider = provider }));
        Assert.Equal(
            $"https://gateway.ai.cloudflare.com/v1/acc/gw/{expected}",
            await UrlAsync(url, Options() with { Provider = "cohere" }, request => request.Options.Set(AiGatewayHandler.ProviderKey, provider)));
    }

    [Theory]
    [InlineData("https://example.com/v1/chat/completions?key=secret", "https://example.com.")]
    [InlineData("http://api.openai.com/v1/chat/completions", "http://api.openai.com.")]
    [InlineData("https://user:password@api.openai.com/v1", "https://api.openai.com.")]
    [InlineData("https://llm.house.test/apiary", "https://llm.house.test.")]
    [InlineData("https://llm.house.test:444/api/v1", "https://llm.house.test:444.")]
    public async Task A_host_of_nobody_is_refused_with_the_ways_out(string url, string told)
    {
        var stub = Stub();
        var refusal = await Assert.ThrowsAsync<HandlerRefusalException>(() => SendAsync(stub, url, Options()));

        Assert.Contains($"No provider is known for {told} ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AiGatewayHandlerOptions.Provider", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("UnknownHosts.PassThrough", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", refusal.Message, StringComparison.Ordinal);
        Assert.Null(stub.Request);
    }

    [Fact]
    public async Task A_host_of_nobody_passes_by_the_gateway_where_that_is_wanted()
    {
        var stub = Stub();
        var told = 0;
        var options = Options() with { UnknownHosts = UnknownHosts.PassThrough, OnAnswer = _ => told++ };
        await SendAsync(stub, "https://example.com/v1?key=k", options, request => request.Headers.Add("Authorization", "Bearer own"));

        Assert.Equal("https://example.com/v1?key=k", stub.Request!.RequestUri!.AbsoluteUri);
        Assert.Equal("Bearer own", stub.Request.Headers.Authorization!.ToString());
        Assert.DoesNotContain(stub.Request.Headers, header => header.Key.StartsWith("cf-aig", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(0, told);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/..%2f..%2fanother")]
    [InlineData("https://api.openai.com/v1/%2e%2e%5canother")]
    public async Task A_path_that_leaves_the_provider_is_refused(string url)
    {
        var stub = Stub();
        await Assert.ThrowsAsync<HandlerRefusalException>(() => SendAsync(stub, url, Options()));
        Assert.Null(stub.Request);
    }

    [Theory]
    [InlineData("minimax", "run path only")]
    [InlineData("nobody", "custom-")]
    [InlineData("custom-", "custom-")]
    [InlineData("custom-a/b", "custom-")]
    public async Task A_name_that_leads_nowhere_is_refused(string provider, string told)
    {
        var refusal = await Assert.ThrowsAsync<HandlerRefusalException>(() => SendAsync(
            Stub(), "https://api.openai.com/v1", Options(), request => request.Options.Set(AiGatewayHandler.ProviderKey, provider)));
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new AiGatewayHandler(Options() with { Provider = provider }));
    }

    [Fact]
    public void Options_that_can_not_work_are_refused_at_once()
    {
        var bridge = new BridgeOptions { Url = new Uri("https://bridge.test") };
        AiGatewayHandlerOptions[] all =
        [
            new(),
            Options() with { Bridge = bridge },
            new() { Bridge = bridge, Route = HandlerRoute.ProviderEndpoint },
            Options() with { Gateway = new GatewayOptions { CacheTtl = -1 } },
            Options() with { Gateway = new GatewayOptions { ByokAlias = "team" }, Byok = true },
            Options() with { SessionAffinity = "ä" },
            Options() with { CustomProviders = [new() { Slug = "house", BaseUrl = new Uri("https://h.test") }] },
            Options() with { CustomProviders = [new() { Slug = "custom-house", BaseUrl = new Uri("/relative", UriKind.Relative) }] },
        ];
        Assert.All(all, options => Assert.Throws<ArgumentException>(() => new AiGatewayHandler(options)));
    }

    [Theory]
    [InlineData(false, "https://gateway.ai.cloudflare.com/v1/acc/gw")]
    [InlineData(true, "https://bridge.test/base/gateways/gw/run")]
    public async Task The_universal_endpoint_gets_the_request_as_its_entry(bool bridge, string url)
    {
        var stub = Stub();
        await SendAsync(stub, "https://api.anthropic.com/v1/messages?beta=true", Universal(bridge), request =>
        {
            request.Headers.Add("anthropic-version", "2023-06-01");
            request.Headers.Add("x-api-key", "key");
            request.Headers.Add("Accept-Encoding", "gzip");
        });

        Assert.Equal(url, stub.Request!.RequestUri!.AbsoluteUri);
        using var body = JsonDocument.Parse(stub.Body!);
        var entry = Assert.Single(body.RootElement.EnumerateArray());
        Assert.Equal("anthropic", entry.GetProperty("provider").GetString());
        Assert.Equal("v1/messages?beta=true", entry.GetProperty("endpoint").GetString());
        Assert.Equal("{\"model\":\"m\"}", entry.GetProperty("query").GetRawText());
        var headers = entry.GetProperty("headers");
        Assert.Equal("2023-06-01", headers.GetProperty("anthropic-version").GetString());
        Assert.StartsWith("application/json", headers.GetProperty("content-type").GetString(), StringComparison.Ordinal);
        Assert.False(headers.TryGetProperty("x-api-key", out _));
        Assert.Equal("gzip", stub.Request.Headers.AcceptEncoding.ToString());
        Assert.Equal(bridge, headers.TryGetProperty("cf-aig-zdr", out _));
        Assert.Equal(!bridge, stub.Request.Headers.Contains("cf-aig-zdr"));
        Assert.Equal("Bearer token", stub.Request.Headers.GetValues(bridge ? "Authorization" : "cf-aig-authorization").Single());
    }

    [Fact]
    public async Task What_is_no_post_of_JSON_can_not_be_an_entry()
    {
        Action<HttpRequestMessage>[] changes =
        [
            request => (request.Method, request.Content) = (HttpMethod.Get, null),
            request => request.Content = new StringContent("[]"),
            request => request.Content = new MultipartFormDataContent { { new StringContent("x"), "file" } },
            request => request.Content!.Headers.ContentEncoding.Add("gzip"),
        ];
        foreach (var change in changes)
        {
            var stub = Stub();
            var refusal = await Assert.ThrowsAsync<HandlerRefusalException>(
                () => SendAsync(stub, "https://api.openai.com/v1/files", Universal(bridge: true), change));
            Assert.Contains("HandlerRoute.ProviderEndpoint", refusal.Message, StringComparison.Ordinal);
            Assert.Null(stub.Request);
        }
    }

    [Fact]
    public async Task A_provider_endpoint_takes_every_method_and_body()
    {
        var stub = Stub();
        await SendAsync(stub, "https://api.openai.com/v1/files/f", Options(), request => (request.Method, request.Content) = (HttpMethod.Delete, null));
        Assert.Equal((HttpMethod.Delete, null), (stub.Request!.Method, stub.Request.Content));

        await SendAsync(stub, "https://api.deepgram.com/v1/listen", Options(), request =>
        {
            request.Content = new ByteArrayContent([1, 2, 3]);
            request.Content.Headers.ContentType = new("audio/mp3");
            request.Content.Headers.ContentEncoding.Add("gzip");
        });
        Assert.Equal("audio/mp3", stub.Request.Content!.Headers.ContentType!.ToString());
        Assert.Equal("gzip", stub.Request.Content.Headers.ContentEncoding.Single());
    }

    internal static AiGatewayHandlerOptions Options() => new()
    {
        Account = new AccountOptions { AccountId = "acc", ApiToken = "token" },
        Gateway = new GatewayOptions { Id = "gw", Zdr = true },
        CustomProviders = Custom,
    };

    internal static StubHandler Stub() => StubHandler.Answering(200, "{}");

    internal static async Task SendAsync(
        StubHandler stub, string url, AiGatewayHandlerOptions options, Action<HttpRequestMessage>? change = null)
    {
        using var http = new HttpMessageInvoker(new AiGatewayHandler(options, stub));
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent("{\"model\":\"m\"}", Encoding.UTF8, "application/json"),
        };
        change?.Invoke(request);
        using var response = await http.SendAsync(request, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static AiGatewayHandlerOptions Universal(bool bridge) => Options() with
    {
        Account = bridge ? null : new AccountOptions { AccountId = "acc", ApiToken = "token" },
        Bridge = bridge ? new BridgeOptions { Url = new Uri("https://bridge.test/base/"), Secret = "token" } : null,
        Route = HandlerRoute.Universal,
    };

    private static async Task<string> UrlAsync(
        string url, AiGatewayHandlerOptions options, Action<HttpRequestMessage>? change = null)
    {
        var stub = Stub();
        await SendAsync(stub, url, options, change);
        return stub.Request!.RequestUri!.OriginalString;
    }
}
