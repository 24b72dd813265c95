using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>What goes over the wire for a run.</summary>
public sealed class RunBodyTests
{
    [Fact]
    public async Task A_run_is_posted_with_the_secret_and_without_options_that_nobody_gave()
    {
        var (body, handler) = await SendAsync(Requests.Run());

        Assert.Equal(HttpMethod.Post, handler.Request!.Method);
        Assert.Equal("http://bridge.test/base/run", handler.Request.RequestUri!.ToString());
        Assert.Equal("Bearer bridge-secret", handler.Request.Headers.Authorization!.ToString());
        Assert.Equal("application/json", handler.Request.Content!.Headers.ContentType!.ToString());
        Assert.Equal(Encoding.UTF8.GetByteCount(body), handler.Request.Content.Headers.ContentLength);
        Assert.Equal(
            "{\"model\":\"openai/gpt-5-mini\",\"inputs\":{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]},"
            + "\"options\":{\"gateway\":{\"id\":\"default\"},\"extraHeaders\":{}}}",
            body);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_authorization()
    {
        var handler = StubHandler.Answering(200, "{}");
        await handler.Client(secret: null).RunAsync(Requests.Run(), CancellationToken.None);

        Assert.Null(handler.Request!.Headers.Authorization);
    }

    [Fact]
    public async Task Options_have_the_names_of_the_binding()
    {
        var (body, _) = await SendAsync(Requests.Run() with
        {
            Gateway = new GatewayOptions
            {
                Id = "gw", SkipCache = true, CacheTtl = 60, CacheKey = "k", CollectLog = false, EventId = "e", RequestTimeoutMs = 900, Zdr = true,
                Retries = new GatewayRetries { MaxAttempts = 3, RetryDelayMs = 10, Backoff = GatewayBackoff.Exponential },
                Metadata = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("{\"team\":\"a\\ud83d\",\"n\":9007199254740993}"),
            },
            ExtraHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-a"] = "1" },
            SessionAffinity = "s1",
        });

        Assert.Equal(
            "{\"gateway\":{\"id\":\"gw\",\"skipCache\":true,\"cacheTtl\":60,\"cacheKey\":\"k\",\"collectLog\":false,"
            + "\"metadata\":{\"team\":\"a\\ud83d\",\"n\":9007199254740993},\"eventId\":\"e\",\"requestTimeoutMs\":900,"
            + "\"retries\":{\"maxAttempts\":3,\"retryDelayMs\":10,\"backoff\":\"exponential\"}},"
            + "\"extraHeaders\":{\"x-a\":\"1\",\"x-session-affinity\":\"s1\",\"cf-aig-zdr\":\"true\"}}",
            body[(body.IndexOf(",\"options\":", StringComparison.Ordinal) + 11)..^1]);
    }

    [Fact]
    public async Task An_alias_is_dispatched_as_its_canonical_slug()
    {
        var (body, _) = await SendAsync(Requests.Run("google-ai-studio/gemini-3"));

        Assert.StartsWith("{\"model\":\"google/gemini-3\",", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}")]
    [InlineData(" { } ", " {\"stream\":true,\"stream_options\":{\"include_usage\":true} } ")]
    [InlineData("{\"stream\" : false }", "{\"stream_options\":{\"include_usage\":true},\"stream\" : true }")]
    [InlineData("{\"stream\":null,\"a\":1}", "{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"a\":1}")]
    [InlineData("{\"a\":{\"stream\":false}}", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"a\":{\"stream\":false}}")]
    [InlineData("{\"stream\":false,\"stream\":[1]}", "{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"stream\":true}")]
    [InlineData("{\"str\\u0065am\":false}", "{\"stream_options\":{\"include_usage\":true},\"str\\u0065am\":true}")]
    [InlineData("{\"stream_options\":{\"include_usage\":false}}", "{\"stream\":true,\"stream_options\":{\"include_usage\":false}}")]
    [InlineData("{\"stream_options\":{ }}", "{\"stream\":true,\"stream_options\":{\"include_usage\":true }}")]
    [InlineData("{\"stream_options\":{\"x\":1},\"stream\":1}", "{\"stream_options\":{\"include_usage\":true,\"x\":1},\"stream\":true}")]
    [InlineData("{\"\\ud83d\":1}", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"\\ud83d\":1}")]
    [InlineData("{\"stream_options\":null}", "{\"stream\":true,\"stream_options\":null}")]
    [InlineData("{\"reasoning_effort\":null,\"chat_template_kwargs\":{\"thinking\":false}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"reasoning_effort\":null,\"chat_template_kwargs\":{\"thinking\":false}}")]
    [InlineData("{\"n\":1.50e+0,\"big\":123456789012345678901234567890,\"t\":\"\\u00e4\\/\"}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"n\":1.50e+0,\"big\":123456789012345678901234567890,\"t\":\"\\u00e4\\/\"}")]
    public async Task Streaming_is_set_and_every_other_byte_stays(string inputs, string sent) =>
        Assert.Equal(sent, await InputsAsync(Requests.Run(inputs: inputs)));

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("{\"stream\":true}", "{\"stream\":false}")]
    [InlineData("{\"stream_options\":{}}", "{\"stream_options\":{}}")]
    public async Task Without_streaming_only_a_stream_that_is_there_changes(string inputs, string sent) =>
        Assert.Equal(sent, await InputsAsync(Requests.Run(inputs: inputs) with { Stream = false }));

    [Theory]
    [InlineData("anthropic/claude-haiku-4.5")]
    [InlineData("@cf/meta/llama-3.1-8b-instruct")]
    [InlineData("newcomer/model")]
    public async Task Only_the_OpenAI_wire_is_asked_for_usage(string model) =>
        Assert.Equal("{\"stream\":true,\"a\":1}", await InputsAsync(Requests.Run(model, "{\"a\":1}")));

    [Theory]
    [InlineData("", "input")]
    [InlineData("[]", "input")]
    [InlineData("{\"a\":1", "input")]
    [InlineData("{\"a\":1} x", "input")]
    [InlineData("{\"a\":1}{}", "input")]
    [InlineData("{'a':1}", "input")]
    public async Task Inputs_that_are_no_JSON_object_are_not_sent(string inputs, string field) =>
        await AssertRefusedAsync(Requests.Run(inputs: inputs), field);

    [Fact]
    public async Task Inputs_that_are_not_UTF8_are_not_sent() =>
        await AssertRefusedAsync(Requests.Run() with { Inputs = new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' } }, "input");

    [Fact]
    public async Task What_can_not_work_is_refused_with_every_problem_and_without_values()
    {
        var handler = StubHandler.Answering(200, "{}");
        var request = Requests.Run("no-slug", "[]") with
        {
            Gateway = new GatewayOptions { CacheTtl = -1, Zdr = true },
            ExtraHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = "x", ["x-a"] = "zq\r\n", ["CF-AIG-ZDR"] = "false" },
            SessionAffinity = "zq\n",
        };

        var error = await Requests.FailAsync(handler, request);

        Assert.Equal((ErrorCodes.Config, false), (error.Code, error.Recoverable));
        foreach (var field in new[] { "model:", "gateway/cacheTtl:", "extraHeaders/host:", "extraHeaders/x-a:", "extraHeaders/cf-aig-zdr:", "sessionAffinity:", "input:" })
        {
            Assert.Contains(field, error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("zq", error.Message, StringComparison.Ordinal);
        Assert.Null(handler.Request);
    }

    [Fact]
    public async Task Session_affinity_comes_from_one_place() =>
        await AssertRefusedAsync(
            Requests.Run() with
            {
                SessionAffinity = "a",
                ExtraHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Session-Affinity"] = "b" },
            },
            "extraHeaders/x-session-affinity");

    private static async Task AssertRefusedAsync(RunRequest request, string field)
    {
        var handler = StubHandler.Answering(200, "{}");
        var error = await Requests.FailAsync(handler, request);

        Assert.Equal(ErrorCodes.Config, error.Code);
        Assert.StartsWith(field + ":", error.Message, StringComparison.Ordinal);
        Assert.Null(handler.Request);
    }

    private static async Task<string> InputsAsync(RunRequest request)
    {
        var (body, _) = await SendAsync(request);
        var start = body.IndexOf("\"inputs\":", StringComparison.Ordinal) + "\"inputs\":".Length;
        return body[start..body.LastIndexOf(",\"options\":", StringComparison.Ordinal)];
    }

    private static async Task<(string Body, StubHandler Handler)> SendAsync(RunRequest request)
    {
        var handler = StubHandler.Answering(200, "{}");
        Assert.IsType<DocumentReply>(await handler.Client().RunAsync(request, CancellationToken.None));
        using var valid = JsonDocument.Parse(handler.Body!);
        return (handler.Body!, handler);
    }
}
