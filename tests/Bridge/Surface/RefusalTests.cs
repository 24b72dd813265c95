using Orchestrator.Bridge.Tests.Kit;

namespace Orchestrator.Bridge.Tests.Surface;

/// <summary>What the bridge can not make sense of is answered with what it should have been.</summary>
public sealed class RefusalTests(BridgeSite site) : IClassFixture<BridgeSite>
{
    [BridgeTheory]
    [InlineData("GET", "/")]
    [InlineData("POST", "/run/")]
    [InlineData("POST", "/ai-gateway/run")]
    [InlineData("GET", "/ai-gateway/gateways/default/logs/l")]
    [InlineData("GET", "/gateways/default/logs/a/b")]
    public async Task An_unknown_route_is_404(string method, string path)
    {
        using var response = await site.Http.SendAsync(method, path, method == "GET" ? null : "{}");
        var (status, code, message) = await response.ErrorAsync();
        Assert.Equal((404, "unknown-route"), (status, code));
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    [BridgeTheory]
    [InlineData("GET", "/run", "POST")]
    [InlineData("DELETE", "/gateways/default/logs/l", "GET, PATCH")]
    [InlineData("POST", "/ai-gateway/gateways/default/run/r/resume", "GET")]
    public async Task Another_method_is_405_and_told_which_it_is(string method, string path, string allow)
    {
        using var response = await site.Http.SendAsync(method, path, method == "POST" ? "{}" : null);
        Assert.Equal(405, (await response.ErrorAsync()).Status);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow));
    }

    [BridgeTheory]
    [InlineData("POST", "/run", "", "bad-json")]
    [InlineData("POST", "/run", "{\"model\":", "bad-json")]
    [InlineData("POST", "/run", "[]", "bad-body")]
    [InlineData("POST", "/run", "null", "bad-body")]
    [InlineData("POST", "/run", "{\"inputs\":{}}", "bad-body")]
    [InlineData("POST", "/run", "{\"model\":\"openai/m\"}", "bad-body")]
    [InlineData("POST", "/run", "{\"model\":\"openai/m\",\"inputs\":[]}", "bad-body")]
    [InlineData("POST", "/run", "{\"model\":\"openai/m\",\"inputs\":{},\"options\":7}", "bad-body")]
    [InlineData("POST", "/gateways/default/run", "nonsense", "bad-json")]
    [InlineData("POST", "/gateways/default/run", "{}", "bad-body")]
    [InlineData("POST", "/gateways/default/run", "[]", "bad-body")]
    [InlineData("POST", "/gateways/default/run", "[null]", "bad-body")]
    [InlineData("POST", "/gateways/default/run", "[{\"provider\":\"openai\"}]", "bad-body")]
    [InlineData("POST", "/gateways/default/run", "[{\"provider\":\"openai\",\"endpoint\":\"e\",\"headers\":[]}]", "bad-body")]
    [InlineData("PATCH", "/gateways/default/logs/l", "{", "bad-json")]
    [InlineData("PATCH", "/gateways/default/logs/l", "[]", "bad-body")]
    public async Task A_body_of_another_shape_is_400_and_told_which_it_should_have(string method, string path, string body, string expected)
    {
        using var response = await site.Http.SendAsync(method, path, body);
        var (status, code, message) = await response.ErrorAsync();
        Assert.Equal((400, expected), (status, code));
        Assert.Contains("The body is ", message, StringComparison.Ordinal);
        Assert.Equal(0, site.Emulator.Counters.Dispatches);
    }

    [BridgeTheory]
    [InlineData("/ai-gateway/gateways/default/run/r/resume?from=-1")]
    [InlineData("/ai-gateway/gateways/default/run/r/resume?from=")]
    [InlineData("/ai-gateway/gateways/default/run/r/resume?from=1e3")]
    [InlineData("/gateways/default/url?provider=a/b")]
    [InlineData("/gateways/default/url?provider=..")]
    [InlineData("/gateways/default/url?provider=a%3Fb")]
    public async Task A_query_that_can_not_be_meant_is_400(string path)
    {
        using var response = await site.Http.SendAsync("GET", path);
        var (status, code, _) = await response.ErrorAsync();
        Assert.Equal((400, "bad-query"), (status, code));
        Assert.Equal(0, site.Emulator.Counters.Resumes);
    }
}
