using System.Text.Json;
using Orchestrator.Bridge.Tests.Kit;

namespace Orchestrator.Bridge.Tests.Surface;

/// <summary>An answer comes back untouched: each test has the same one from the emulator directly.</summary>
public sealed class AnswerTests(BridgeSite site) : IClassFixture<BridgeSite>
{
    [BridgeTheory]
    [InlineData("openai/m~events=200", true)]
    [InlineData("openai/m~crlf~comments~onebyte", true)]
    [InlineData("anthropic/m~reasoning=4~tool", true)]
    [InlineData("@cf/meta/m", true)]
    [InlineData("openai/m~big=3000000", true)]
    [InlineData("openai/m", false)]
    [InlineData("openai/m~status=429~retryafter=7", true)]
    [InlineData("anthropic/m~status=529", true)]
    [InlineData("openai/m~status=401", true)]
    [InlineData("mistral/m", true)]
    public async Task Status_headers_and_body_are_the_gateways(string model, bool stream)
    {
        using var direct = await site.Direct.SendAsync("POST", "/run", Calls.RunBody(model, stream));
        using var bridged = await site.Http.SendAsync("POST", "/run", Calls.RunBody(model, stream));

        Assert.Equal(direct.StatusCode, bridged.StatusCode);
        Assert.Equal(Known(direct), Known(bridged));
        Assert.Equal(await direct.Content.ReadAsByteArrayAsync(), await bridged.Content.ReadAsByteArrayAsync());
    }

    [BridgeFact]
    public async Task A_resume_is_the_rest_of_the_run()
    {
        using var run = await site.Http.SendAsync("POST", "/run", Calls.RunBody("openai/m~events=30"));
        var id = run.Header("cf-aig-run-id");
        await run.Content.ReadAsByteArrayAsync();
        foreach (var from in new[] { "", "?from=0", "?from=12", "?from=34", "?from=99" })
        {
            using var resumed = await site.Http.SendAsync("GET", $"/ai-gateway/gateways/default/run/{id}/resume{from}");
            Assert.Equal(200, (int)resumed.StatusCode);
            using var expected = await site.Direct.SendAsync("GET", $"/emulator/runs/{id}/bytes{from}");
            Assert.Equal(await expected.Content.ReadAsStringAsync(), await resumed.Content.ReadAsStringAsync());
        }

        using var unknown = await site.Http.SendAsync("GET", "/ai-gateway/gateways/other/run/" + id + "/resume?from=1");
        Assert.Equal(404, (int)unknown.StatusCode);
        Assert.Equal("{\"error\":\"Request not found\"}", await unknown.Content.ReadAsStringAsync());
    }

    [BridgeFact]
    public async Task A_universal_run_tells_which_entry_served()
    {
        const string Entries = """
            [{"provider":"openai","endpoint":"chat/completions","headers":{},"query":{"model":"m~status=503","messages":[],"stream":true}},
             {"provider":"anthropic","endpoint":"v1/messages","query":{"model":"m","messages":[],"stream":true}}]
            """;
        using var direct = await site.Direct.SendAsync("POST", "/gateways/default/run", Entries);
        using var bridged = await site.Http.SendAsync("POST", "/gateways/default/run", Entries);
        Assert.Equal(200, (int)bridged.StatusCode);
        Assert.Equal("1", bridged.Header("cf-aig-step"));
        Assert.Null(bridged.Header("cf-aig-run-id"));
        Assert.Equal(await direct.Content.ReadAsStringAsync(), await bridged.Content.ReadAsStringAsync());
    }

    [BridgeFact]
    public async Task A_log_is_read_and_given_feedback()
    {
        using var run = await site.Http.SendAsync("POST", "/run", Calls.RunBody("openai/m", stream: false));
        var path = $"/gateways/default/logs/{run.Header("cf-aig-log-id")}";
        using var patched = await site.Http.SendAsync("PATCH", path, """{"feedback":1,"score":80,"metadata":{"who":"me"}}""");
        Assert.Equal(204, (int)patched.StatusCode);

        using var log = await site.Http.SendAsync("GET", path);
        using var direct = await site.Direct.SendAsync("GET", path);
        var bridged = await log.JsonAsync();
        Assert.Equal("me", bridged.GetProperty("metadata").GetProperty("who").GetString());
        foreach (var field in (await direct.JsonAsync()).EnumerateObject().Where(field => field.Name != "created_at"))
        {
            Assert.True(JsonElement.DeepEquals(field.Value, bridged.GetProperty(field.Name)), field.Name);
        }
    }

    [BridgeTheory]
    [InlineData("GET", null)]
    [InlineData("PATCH", "{}")]
    public async Task A_log_that_is_not_there_is_404(string method, string? body)
    {
        using var response = await site.Http.SendAsync(method, "/gateways/default/logs/none", body);
        var (status, _, message) = await response.ErrorAsync();
        Assert.Equal((404, "Log not found"), (status, message));
    }

    [BridgeTheory]
    [InlineData("/gateways/default/url")]
    [InlineData("/gateways/default/url?provider=")]
    [InlineData("/gateways/default/url?provider=google-ai-studio")]
    public async Task A_url_is_a_JSON_string(string path)
    {
        using var direct = await site.Direct.SendAsync("GET", path);
        using var bridged = await site.Http.SendAsync("GET", path);
        Assert.Equal((await direct.JsonAsync()).GetString(), (await bridged.JsonAsync()).GetString());
    }

    /// <summary>The headers that say the same each time; of ids, which are new each time, that they are there.</summary>
    private static string[] Known(HttpResponseMessage response) =>
    [
        .. new[] { "cf-aig-cache-status", "cf-aig-step", "Cache-Control", "Content-Type", "Retry-After" }.Select(name => $"{name}: {response.Header(name)}"),
        .. new[] { "cf-aig-run-id", "cf-aig-log-id" }.Select(name => $"{name}: {response.Header(name)?.Length}"),
    ];
}
