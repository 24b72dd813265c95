using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>Resume, logs and URLs: what is asked, and what comes back.</summary>
public sealed class OtherCallsTests
{
    [Fact]
    public async Task A_resume_names_the_run_and_the_event()
    {
        var handler = StubHandler.Answering(200, "data: b\n\n", ("Content-Type", "text/event-stream"));

        var reply = await handler.Client().ResumeAsync(new ResumeRequest("my gw", "run/1?x", 42, WireFormat.Anthropic), CancellationToken.None);

        await using var stream = Assert.IsType<StreamReply>(reply);
        Assert.Equal(WireFormat.Anthropic, stream.Wire);
        Assert.Equal(HttpMethod.Get, handler.Request!.Method);
        Assert.Equal("http://bridge.test/base/ai-gateway/gateways/my%20gw/run/run%2F1%3Fx/resume?from=42", handler.Request.RequestUri!.AbsoluteUri);
        Assert.Equal("Bearer bridge-secret", handler.Request.Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task Past_the_end_a_resume_is_an_empty_clean_end_whatever_type_it_has()
    {
        var reply = await StubHandler.Answering(200, "").Client().ResumeAsync(new("default", "run1", 9, WireFormat.OpenAi), CancellationToken.None);

        await using var stream = Assert.IsType<StreamReply>(reply);
        var taken = await Taken.AllAsync(stream.Events);
        Assert.Empty(taken.Events);
        Assert.Equal(StreamSignalKind.CleanEnd, taken.End.Kind);
    }

    [Theory]
    [InlineData("", "run1", 0)]
    [InlineData("default", "", 0)]
    [InlineData("default", "..", 0)]
    [InlineData("..", "run1", 0)]
    [InlineData("default", "run\n1", 0)]
    [InlineData("default", "run1", -1)]
    public async Task What_is_no_run_is_not_asked_for(string gateway, string runId, long from)
    {
        var handler = StubHandler.Answering(200, "");

        var reply = await handler.Client().ResumeAsync(new ResumeRequest(gateway, runId, from, WireFormat.OpenAi), CancellationToken.None);

        Assert.Equal(ErrorCodes.Config, Assert.IsType<FailureReply>(reply).Error.Code);
        Assert.Null(handler.Request);
    }

    [Fact]
    public async Task A_log_comes_as_the_gateway_has_it()
    {
        var handler = StubHandler.Answering(200, "{\"id\":\"log1\"}");

        var log = await handler.Client().GetLogAsync("gw", "log 1", CancellationToken.None);

        Assert.True(log.IsSuccess);
        Assert.Equal("{\"id\":\"log1\"}", Encoding.UTF8.GetString(log.Body.Span));
        Assert.Equal("http://bridge.test/base/gateways/gw/logs/log%201", handler.Request!.RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_an_error()
    {
        var log = await StubHandler.Answering(404, "{\"error\":\"nope\"}").Client().GetLogAsync("gw", "log1", CancellationToken.None);

        Assert.Equal((false, ErrorCodes.NotFound), (log.IsSuccess, log.Error?.Code));
        Assert.Equal(ErrorCodes.Config, (await StubHandler.Answering(200, "").Client().GetLogAsync("gw", "..", CancellationToken.None)).Error?.Code);
    }

    [Fact]
    public async Task Feedback_goes_to_the_log()
    {
        var handler = StubHandler.Answering(200, "");
        var patch = new LogPatch
        {
            Feedback = -1,
            Score = 12.5,
            Metadata = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("{\"a\":true}"),
        };

        Assert.Null(await handler.Client().PatchLogAsync("gw", "log1", patch, CancellationToken.None));
        Assert.Equal((HttpMethod.Patch, "{\"feedback\":-1,\"score\":12.5,\"metadata\":{\"a\":true}}"), (handler.Request!.Method, handler.Body));
        Assert.Null(await handler.Client().PatchLogAsync("gw", "log1", new LogPatch(), CancellationToken.None));
        Assert.Equal("{}", handler.Body);
    }

    [Fact]
    public async Task Feedback_that_is_none_is_refused()
    {
        foreach (var patch in new[] { new LogPatch { Feedback = 2 }, new LogPatch { Score = double.NaN }, new LogPatch { Score = 100.5 }, new LogPatch { Score = -1 } })
        {
            var handler = StubHandler.Answering(200, "");
            Assert.Equal(ErrorCodes.Config, (await handler.Client().PatchLogAsync("gw", "log1", patch, CancellationToken.None))?.Code);
            Assert.Null(handler.Request);
        }

        Assert.Equal(ErrorCodes.Auth, (await StubHandler.Answering(401, "").Client().PatchLogAsync("gw", "l", new LogPatch(), CancellationToken.None))?.Code);
    }

    [Theory]
    [InlineData("{\"url\":\"https://gateway.test/v1/a/gw/openai\"}")]
    [InlineData("\"https://gateway.test/v1/a/gw/openai\"")]
    [InlineData("https://gateway.test/v1/a/gw/openai\n")]
    public async Task A_URL_may_come_in_three_forms(string body)
    {
        var handler = StubHandler.Answering(200, body);

        var reply = await handler.Client().GetUrlAsync("gw", "open ai", CancellationToken.None);

        Assert.True(reply.IsSuccess);
        Assert.Equal("https://gateway.test/v1/a/gw/openai", reply.Url);
        Assert.Equal("http://bridge.test/base/gateways/gw/url?provider=open%20ai", handler.Request!.RequestUri!.AbsoluteUri);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("{\"url\":7}")]
    [InlineData("not a url")]
    [InlineData("file:///etc/hosts")]
    public async Task What_is_no_URL_is_an_error(string body)
    {
        var handler = StubHandler.Answering(200, body);

        Assert.Equal(ErrorCodes.GatewayError, (await handler.Client().GetUrlAsync("gw", null, CancellationToken.None)).Error?.Code);
        Assert.Equal("http://bridge.test/base/gateways/gw/url", handler.Request!.RequestUri!.AbsoluteUri);
    }

    [Theory]
    [InlineData("/relative", "s")]
    [InlineData("ftp://bridge.test", "s")]
    [InlineData("http://bridge.test?a=1", "s")]
    [InlineData("http://bridge.test", "")]
    [InlineData("http://bridge.test", "zq\r\n")]
    public void A_bridge_that_can_not_be_used_is_refused_at_once(string url, string secret)
    {
        using var http = new HttpMessageInvoker(StubHandler.Answering(200, ""));

        var thrown = Assert.Throws<ArgumentException>(
            () => new AiGatewayClient(http, new BridgeOptions { Url = new Uri(url, UriKind.RelativeOrAbsolute), Secret = secret }));

        Assert.DoesNotContain("zq", thrown.Message, StringComparison.Ordinal);
    }
}
