namespace Orchestrator.Gateway.Tests.Handler;

/// <summary>Which headers go along, and which are put on.</summary>
public sealed class HandlerHeaderTests
{
    private const string OpenAi = "https://api.openai.com/v1/chat/completions";

    [Theory]
    [InlineData(OpenAi, "authorization")]
    [InlineData("https://api.anthropic.com/v1/messages", "x-api-key")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/g:generateContent", "x-goog-api-key")]
    [InlineData("https://api.elevenlabs.io/v1/x", "xi-api-key")]
    [InlineData("https://r.openai.azure.com/openai/deployments/d/x", "api-key")]
    [InlineData("https://api.deepgram.com/v1/listen", "token")]
    [InlineData("https://llm.house.test/api/v1", "x-house-key")]
    public async Task A_key_goes_along_only_when_it_is_to_be_used(string url, string header)
    {
        Assert.Null(await HeaderAsync(url, header, HandlerRouteTests.Options(), request => request.Headers.Add(header, "Bearer k")));
        Assert.Equal("Bearer k", await HeaderAsync(
            url, header, HandlerRouteTests.Options() with { Byok = true }, request => request.Headers.Add(header, "Bearer k")));
    }

    [Theory]
    [InlineData("?key=secret", "", "?key=secret")]
    [InlineData("?alt=sse&key=secret", "?alt=sse", "?alt=sse&key=secret")]
    [InlineData("?k%65y=secret&keys=2", "?keys=2", null)]
    public async Task Google_s_key_in_the_query_is_a_key_too(string query, string without, string? with)
    {
        const string Path = "v1beta/models/g:streamGenerateContent";
        var stub = HandlerRouteTests.Stub();
        await HandlerRouteTests.SendAsync(stub, $"https://generativelanguage.googleapis.com/{Path}{query}", HandlerRouteTests.Options());
        Assert.EndsWith($"/google-ai-studio/{Path}{without}", stub.Request!.RequestUri!.OriginalString, StringComparison.Ordinal);

        await HandlerRouteTests.SendAsync(
            stub, $"https://generativelanguage.googleapis.com/{Path}{query}", HandlerRouteTests.Options() with { Byok = true });
        Assert.True(with is null || stub.Request!.RequestUri!.OriginalString.EndsWith(Path + with, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_are_headers_and_the_request_wins()
    {
        var options = HandlerRouteTests.Options() with
        {
            SessionAffinity = "s1",
            Gateway = new GatewayOptions
            {
                Id = "gw", CacheTtl = 60, SkipCache = false, ByokAlias = "team", Zdr = true,
                Metadata = OpenAiSdkTests.Metadata("a", "handler"),
            },
        };
        var own = new GatewayOptions
        {
            CacheTtl = 5,
            Metadata = new Dictionary<string, System.Text.Json.JsonElement>(OpenAiSdkTests.Metadata("b", "request"), StringComparer.Ordinal),
        };
        var stub = HandlerRouteTests.Stub();
        await HandlerRouteTests.SendAsync(stub, OpenAi, options, request =>
        {
            request.Options.Set(AiGatewayHandler.GatewayKey, own);
            request.Headers.Add("cf-aig-zdr", "false");
            request.Headers.Add("cf-aig-authorization", "Bearer another");
            request.Headers.Add("cf-aig-gateway-id", "another");
        });

        Assert.EndsWith("/acc/gw/openai/v1/chat/completions", stub.Request!.RequestUri!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("5", Header(stub, "cf-aig-cache-ttl"));
        Assert.Equal("false", Header(stub, "cf-aig-skip-cache"));
        Assert.Equal("team", Header(stub, "cf-aig-byok-alias"));
        Assert.Equal("false", Header(stub, "cf-aig-zdr"));
        Assert.Equal("{\"a\":\"handler\",\"b\":\"request\"}", Header(stub, "cf-aig-metadata"));
        Assert.Equal("s1", Header(stub, "x-session-affinity"));
        Assert.Equal("Bearer token", Header(stub, "cf-aig-authorization"));
        Assert.Null(Header(stub, "cf-aig-gateway-id"));
    }

    [Fact]
    public async Task Options_of_a_request_that_can_not_be_asked_are_refused()
    {
        var stub = HandlerRouteTests.Stub();
        var refusal = await Assert.ThrowsAsync<HandlerRefusalException>(() => HandlerRouteTests.SendAsync(
            stub, OpenAi, HandlerRouteTests.Options(), request => request.Options.Set(AiGatewayHandler.GatewayKey, new GatewayOptions { CacheTtl = -1 })));

        Assert.Contains("cacheTtl", refusal.Message, StringComparison.Ordinal);
        Assert.Null(stub.Request);
    }

    [Theory]
    [InlineData("gw", false)]
    [InlineData("other", true)]
    public async Task A_handler_is_for_one_gateway(string id, bool refused)
    {
        var stub = HandlerRouteTests.Stub();
        var options = HandlerRouteTests.Options() with { Gateway = new GatewayOptions { Id = "gw" } };
        var send = () => HandlerRouteTests.SendAsync(
            stub, OpenAi, options, request => request.Options.Set(AiGatewayHandler.GatewayKey, new GatewayOptions { Id = id, CacheTtl = 5 }));
        if (refused)
        {
            Assert.Contains("'other'", (await Assert.ThrowsAsync<HandlerRefusalException>(send)).Message, StringComparison.Ordinal);
            Assert.Null(stub.Request);
            return;
        }

        await send();
        Assert.EndsWith("/acc/gw/openai/v1/chat/completions", stub.Request!.RequestUri!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("5", Header(stub, "cf-aig-cache-ttl"));
    }

    [Fact]
    public async Task Headers_of_the_connection_stay_behind_and_all_others_go_along()
    {
        var stub = HandlerRouteTests.Stub();
        await HandlerRouteTests.SendAsync(stub, OpenAi, HandlerRouteTests.Options(), request =>
        {
            request.Headers.Host = "api.openai.com";
            request.Headers.ExpectContinue = true;
            request.Headers.TryAddWithoutValidation("Connection", "x-hop");
            request.Headers.Add("x-hop", "1");
            request.Headers.Add("OpenAI-Organization", "org");
            request.Headers.TryAddWithoutValidation("User-Agent", "OpenAI/2.0 (.NET 10; Linux)");
        });

        Assert.Null(stub.Request!.Headers.Host);
        Assert.Null(stub.Request.Headers.ExpectContinue);
        Assert.Null(Header(stub, "x-hop"));
        Assert.Equal("org", Header(stub, "OpenAI-Organization"));
        Assert.Equal("OpenAI/2.0 (.NET 10; Linux)", Header(stub, "User-Agent"));
        Assert.Equal("application/json; charset=utf-8", stub.Request.Content!.Headers.ContentType!.ToString());
    }

    private static string? Header(StubHandler stub, string name) =>
        stub.Request!.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static async Task<string?> HeaderAsync(
        string url, string header, AiGatewayHandlerOptions options, Action<HttpRequestMessage> change)
    {
        var stub = HandlerRouteTests.Stub();
        await HandlerRouteTests.SendAsync(stub, url, options, change);
        return Header(stub, header);
    }
}
