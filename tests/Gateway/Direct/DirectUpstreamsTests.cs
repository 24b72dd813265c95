namespace Orchestrator.Gateway.Tests.Direct;

/// <summary>Which models are the upstreams', and which upstreams can be.</summary>
public sealed class DirectUpstreamsTests
{
    private static readonly DirectUpstream Local = new() { Name = "local", BaseUrl = new Uri("http://llm.test/v1") };

    [Fact]
    public async Task All_other_models_and_calls_go_to_the_gateway()
    {
        var direct = StubHandler.Answering(200, "{}");
        var bridge = StubHandler.Answering(200, "{}");
        var gateway = new AiGateway(
            new HttpMessageInvoker(bridge), new AiGatewayOptions { Bridge = new BridgeOptions { Url = new Uri("http://bridge.test") } });
        var upstreams = new DirectUpstreams(new HttpMessageInvoker(direct), [Local], gateway);

        Assert.Equal(TransportKind.Run, Assert.IsType<TransportChoice>(upstreams.Decide(Requests.Run())).Transport);
        Assert.IsType<TransportRefusal>(upstreams.Decide(Requests.Run() with { Transport = TransportKind.Direct }));
        await upstreams.RunAsync(Requests.Run(), CancellationToken.None);
        Assert.Equal("/run", bridge.Request!.RequestUri!.AbsolutePath);
        await upstreams.ResumeAsync(new ResumeRequest("gw", "r", 0, WireFormat.OpenAi), CancellationToken.None);
        Assert.Equal("/ai-gateway/gateways/gw/run/r/resume", bridge.Request.RequestUri!.AbsolutePath);
        await upstreams.SendAsync(
            new UniversalRequest { Entries = [new() { Provider = "openai", Endpoint = "v1/x", Query = "{}"u8.ToArray() }] }, CancellationToken.None);
        Assert.Equal("/gateways/default/run", bridge.Request.RequestUri!.AbsolutePath);
        await upstreams.GetLogAsync("gw", "l", CancellationToken.None);
        Assert.Equal("/gateways/gw/logs/l", bridge.Request.RequestUri!.AbsolutePath);
        await upstreams.PatchLogAsync("gw", "l", new LogPatch { Feedback = 1 }, CancellationToken.None);
        Assert.Equal(HttpMethod.Patch, bridge.Request.Method);
        await upstreams.GetUrlAsync("gw", "openai", CancellationToken.None);
        Assert.Equal("/gateways/gw/url", bridge.Request.RequestUri!.AbsolutePath);
        Assert.Null(direct.Request);
    }

    [Fact]
    public async Task A_model_of_nobody_is_refused_with_the_names_of_both()
    {
        var handler = StubHandler.Answering(200, "{}");
        var gateway = new AiGateway(
            new HttpMessageInvoker(handler), new AiGatewayOptions { Bridge = new BridgeOptions { Url = new Uri("http://bridge.test") } });
        var upstreams = new DirectUpstreams(new HttpMessageInvoker(handler), [Local], gateway);
        var request = Requests.Run("locl/m");

        var decided = Assert.IsType<TransportRefusal>(upstreams.Decide(request));
        var selected = Assert.IsType<TransportRefusal>(upstreams.Select(request));
        var reply = Assert.IsType<FailureReply>(await upstreams.RunAsync(request, CancellationToken.None));

        Assert.All(
            [Assert.Single(decided.Problems).Message, Assert.Single(selected.Problems).Message, reply.Error.Message],
            message => Assert.Contains("'locl' is not known. Use provider/model with your own (local), or one of: openai, ", message, StringComparison.Ordinal));
        Assert.Null(handler.Request);
        Assert.Null(upstreams.Select(Requests.Run()));
    }

    [Fact]
    public async Task Without_a_gateway_everything_else_is_refused()
    {
        var upstreams = DirectRequestTests.Upstreams(StubHandler.Answering(200, "{}"), Local);

        var refusal = Assert.IsType<TransportRefusal>(upstreams.Decide(Requests.Run()));
        Assert.Contains("only these upstreams: local", Assert.Single(refusal.Problems).Message, StringComparison.Ordinal);
        var reply = await upstreams.RunAsync(Requests.Run("no slug"), CancellationToken.None);
        Assert.Equal(ErrorCodes.Config, Assert.IsType<FailureReply>(reply).Error.Code);
        reply = await upstreams.ResumeAsync(new ResumeRequest("gw", "r", 0, WireFormat.OpenAi), CancellationToken.None);
        Assert.Equal(ErrorCodes.Config, Assert.IsType<FailureReply>(reply).Error.Code);
        Assert.Equal(ErrorCodes.Config, (await upstreams.GetLogAsync("gw", "l", CancellationToken.None)).Error?.Code);
        Assert.Equal(ErrorCodes.Config, (await upstreams.PatchLogAsync("gw", "l", new LogPatch(), CancellationToken.None))?.Code);
        Assert.Equal(ErrorCodes.Config, (await upstreams.GetUrlAsync("gw", null, CancellationToken.None)).Error?.Code);
    }

    [Theory]
    [InlineData("local/m", true)]
    [InlineData("Local/a/b", true)]
    [InlineData("locale/m", false)]
    [InlineData("local", false)]
    [InlineData("@cf/local/m", false)]
    public void A_model_is_found_by_what_stands_before_the_first_slash(string model, bool found) =>
        Assert.Equal(found ? Local : null, DirectRequestTests.Upstreams(StubHandler.Answering(200, "{}"), Local).Find(model));

    [Fact]
    public void What_can_not_work_is_refused_at_once()
    {
        var stub = StubHandler.Answering(200, "{}");
        DirectUpstream[] all =
        [
            Local with { Name = "" },
            Local with { Name = "a/b" },
            Local with { Name = "openai" },
            Local with { Name = "Grok" },
            Local with { Name = "workers-ai" },
            Local with { Name = "compat" },
            Local with { BaseUrl = new Uri("/v1", UriKind.Relative) },
            Local with { BaseUrl = new Uri("ftp://llm.test") },
            Local with { BaseUrl = new Uri("http://llm.test/v1?key=k") },
            Local with { BaseUrl = new Uri("http://user:password@llm.test/v1") },
            Local with { ApiKey = "" },
            Local with { ApiKey = "kéy" },
            Local with { Wire = WireFormat.Google },
            Local with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Host"] = "h" } },
        ];
        Assert.All(all, upstream => Assert.Throws<ArgumentException>(() => DirectRequestTests.Upstreams(stub, upstream)));
        Assert.Throws<ArgumentException>(() => DirectRequestTests.Upstreams(stub, Local, Local with { Name = "LOCAL" }));
    }

    [Fact]
    public void What_is_printed_of_options_has_no_key()
    {
        var handler = new AiGatewayHandlerOptions { Account = new AccountOptions { AccountId = "acc", ApiToken = "s3cret" } };
        string[] printed = [$"{Local with { ApiKey = "s3cret" }}", $"{handler}", $"{new AiGatewayOptions { Account = handler.Account }}"];

        Assert.All(printed, text => Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_become_upstreams_and_problems_name_the_setting()
    {
        var settings = new Dictionary<string, DirectUpstreamSettings>(StringComparer.OrdinalIgnoreCase)
        {
            ["local"] = new() { BaseUrl = "http://llm.test/v1", ApiKey = "" },
            ["claude"] = new() { BaseUrl = "https://claude.test", ApiKey = "k", Wire = "Anthropic" },
            ["openai"] = new() { BaseUrl = "https://api.openai.com/v1" },
            ["typo"] = new() { BaseUrl = "llm.test", ApiKey = "sécret", Wire = "grpc", Headers = { ["Host"] = "h" } },
        };

        var upstreams = DirectUpstreamSettings.Read(settings, out var problems);

        Assert.Equal("claude local", string.Join(' ', upstreams.Select(upstream => upstream.Name)));
        Assert.Equal([(WireFormat.Anthropic, "k"), (WireFormat.OpenAi, null)], upstreams.Select(upstream => (upstream.Wire, upstream.ApiKey)));
        Assert.Equal(
            "Upstreams:openai Upstreams:typo:BaseUrl Upstreams:typo:ApiKey Upstreams:typo:Wire Upstreams:typo:Headers:Host",
            string.Join(' ', problems.Select(problem => problem.Field)));
        Assert.DoesNotContain(problems, problem => problem.Message.Contains("sécret", StringComparison.Ordinal));
    }
}
