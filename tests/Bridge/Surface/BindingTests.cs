using System.Text.Json;
using Orchestrator.Bridge.Tests.Kit;

namespace Orchestrator.Bridge.Tests.Surface;

/// <summary>What the binding is asked, and what becomes of what it throws.</summary>
public sealed class BindingTests(ScriptedSite site) : IClassFixture<ScriptedSite>
{
    [BridgeFact]
    public async Task A_run_is_asked_for_raw_with_the_callers_options_and_a_signal()
    {
        const string Body = """
            {"model":"openai/m","inputs":{"messages":[],"seed":7},
             "options":{"gateway":{"id":"g","metadata":{"run":"r"}},"extraHeaders":{"x-a":"b"},"returnRawResponse":false,"signal":"mine"}}
            """;
        await AnswersAsync("POST", "/run", Body, """
            {"model":"openai/m","inputs":{"messages":[],"seed":7},"signal":true,
             "options":{"gateway":{"id":"g","metadata":{"run":"r"}},"extraHeaders":{"x-a":"b"},"returnRawResponse":true}}
            """);
    }

    [BridgeFact]
    public Task Audio_in_base64_is_the_stream_that_the_binding_wants() => AnswersAsync(
        "POST", "/run",
        """{"model":"@cf/deepgram/nova-3","inputs":{"audio":{"body":"AQID+/8=","contentType":"audio/mpeg"}}}""",
        """{"model":"@cf/deepgram/nova-3","bytes":[1,2,3,251,255],"contentType":"audio/mpeg"}""");

    [BridgeFact]
    public Task An_AI_Search_is_asked_by_its_name() => AnswersAsync(
        "POST", "/ai-search/hand%2Fbook", """{"query":"When?","stream":false}""", """{"name":"hand%2Fbook","params":{"query":"When?","stream":false}}""");

    [BridgeTheory]
    [InlineData("/ai-search/a", "{}")]
    [InlineData("/ai-search/a", """{"query":"q","stream":true}""")]
    [InlineData("/run", """{"model":"m","inputs":{"audio":{"body":"no base64!","contentType":"audio/mpeg"}}}""")]
    public async Task What_can_not_be_asked_is_a_bad_body(string path, string body)
    {
        using var response = await site.Http.SendAsync("POST", path, body);
        Assert.Equal((400, "bad-body"), ((int)response.StatusCode, (await response.ErrorAsync()).Code));
    }

    [BridgeFact]
    public Task A_resume_asks_for_the_same_path_and_query() => AnswersAsync(
        "GET", "/ai-gateway/gateways/a%20b/run/r.1/resume?from=3&x=%2F", null,
        """{"url":"https://workers-binding.ai/ai-gateway/gateways/a%20b/run/r.1/resume?from=3&x=%2F","signal":true}""");

    [BridgeFact]
    public Task A_universal_run_passes_its_entries() => AnswersAsync(
        "POST", "/gateways/g/run",
        """[{"provider":"p","endpoint":"e","headers":{"cf-aig-cache-ttl":5},"query":{"a":[1]}},{"provider":"q","endpoint":""}]""",
        """
        {"id":"g","options":{},"signal":true,
         "entries":[{"provider":"p","endpoint":"e","headers":{"cf-aig-cache-ttl":5},"query":{"a":[1]}},{"provider":"q","endpoint":"","headers":{}}]}
        """);

    [BridgeFact]
    public async Task The_signal_tells_that_the_caller_is_gone()
    {
        using (await RawCall.PostAsync(site.Worker.Address, "/run", Calls.RunBody("wait")))
        {
            await Until.TrueAsync(async () => await WaitsAsync("waits") == 1, "the binding is asked");
            Assert.Equal(0, await WaitsAsync("gone"));
        }

        await Until.TrueAsync(async () => await WaitsAsync("gone") == 1, "the binding is told");
    }

    [BridgeTheory]
    [InlineData("/gateways/g/url", "\"https://g/universal\"")]
    [InlineData("/gateways/g/url?provider=grok", "\"https://g/grok\"")]
    [InlineData("/gateways/a%2F..%2Fb/logs/x%3Fy", "{\"id\":\"a%2F..%2Fb\",\"logId\":\"x%3Fy\"}")]
    public Task A_path_can_not_reach_beyond_what_it_names(string path, string expected) => AnswersAsync("GET", path, null, expected);

    [BridgeTheory]
    [InlineData("InferenceUpstreamError", "5007: No such model", 400, "5007")]
    [InlineData("InferenceUpstreamError", "5018: Not allowed", 403, "5018")]
    [InlineData("InferenceUpstreamError", "3042: Not found", 404, "3042")]
    [InlineData("InferenceUpstreamError", "5019: SDK version", 405, "5019")]
    [InlineData("InferenceUpstreamError", "3007: Timed out", 408, "3007")]
    [InlineData("InferenceUpstreamError", "3006: Too large", 413, "3006")]
    [InlineData("InferenceUpstreamError", "3036: Daily free allocation used up", 429, "3036")]
    [InlineData("InferenceUpstreamError", "3040: Capacity temporarily exceeded", 429, "3040")]
    [InlineData("InferenceUpstreamError", "9999: Something new", 502, "9999")]
    [InlineData("AiInternalError", "no code at all", 502, "AiInternalError")]
    [InlineData("AiGatewayLogNotFound", "Log Not Found", 404, "AiGatewayLogNotFound")]
    public async Task What_the_binding_throws_has_the_status_of_its_code(string name, string message, int status, string code)
    {
        var thrown = $"throw:{name}:{message}";
        using var run = await site.Http.SendAsync("POST", "/run", $$$"""{"model":{{{JsonSerializer.Serialize(thrown)}}},"inputs":{}}""");
        Assert.Equal((status, code, message), await run.ErrorAsync());

        var path = $"/gateways/g/logs/{Uri.EscapeDataString(thrown)}";
        using var get = await site.Http.SendAsync("GET", path);
        Assert.Equal((status, code, message), await get.ErrorAsync());
        using var patch = await site.Http.SendAsync("PATCH", path, "{}");
        Assert.Equal((status, code, message), await patch.ErrorAsync());
    }

    [BridgeTheory]
    [InlineData("""{"success":false,"error":[{"code":2001,"message":"No such gateway"}]}""", 400, "2001", "No such gateway")]
    [InlineData("""{"success":false,"error":[{"code":2009,"message":"Unauthorized"}]}""", 401, "2009", "Unauthorized")]
    [InlineData("""{"success":false,"errors":[{"code":7003,"message":"Not routed"}]}""", 404, "7003", "Not routed")]
    [InlineData("""{"success":false,"errors":[]}""", 502, "AiGatewayInternalError", """{"success":false,"errors":[]}""")]
    [InlineData("null", 502, "AiGatewayInternalError", "null")]
    public async Task An_error_document_in_a_message_is_read(string document, int status, string code, string message)
    {
        using var response = await site.Http.SendAsync(
            "GET", $"/gateways/g/logs/{Uri.EscapeDataString($"throw:AiGatewayInternalError:{document}")}");
        Assert.Equal((status, code, message), await response.ErrorAsync());
    }

    private async Task<int> WaitsAsync(string count)
    {
        using var response = await site.Http.SendAsync("POST", "/run", Calls.RunBody("waits"));
        return (await response.JsonAsync()).GetProperty(count).GetInt32();
    }

    private async Task AnswersAsync(string method, string path, string? body, string expected)
    {
        using var response = await site.Http.SendAsync(method, path, body);
        var answer = await response.JsonAsync();
        Assert.Equal(200, (int)response.StatusCode);
        using var wanted = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, answer), answer.GetRawText());
    }
}
