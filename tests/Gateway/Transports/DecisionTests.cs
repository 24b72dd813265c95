using System.Text;

namespace Orchestrator.Gateway.Tests.Transports;

/// <summary>What a gateway decides with what it is configured with, before anything is sent.</summary>
public sealed class DecisionTests
{
    private static readonly BridgeOptions Bridge = new() { Url = new Uri("http://bridge.test") };
    private static readonly AccountOptions Account = new() { AccountId = "acc" };

    [Fact]
    public void With_a_bridge_the_run_path_resumes_and_there_is_nothing_to_warn_of()
    {
        var choice = Choice(new AiGatewayOptions { Bridge = Bridge, Account = Account }, Requests.Run() with { Resume = true });

        Assert.Equal((TransportKind.Run, true, 0), (choice.Transport, choice.Resume, choice.Warnings.Count));
    }

    [Fact]
    public void Without_one_it_does_not_and_that_is_said_once()
    {
        var options = new AiGatewayOptions { Account = Account };
        var choice = Choice(options, Requests.Run());

        Assert.Equal((TransportKind.Run, false), (choice.Transport, choice.Resume));
        Assert.Contains("can not be resumed", Assert.Single(choice.Warnings), StringComparison.Ordinal);
        Assert.Empty(Choice(options, Requests.Run() with { Resume = false }).Warnings);
        Assert.Equal(["resume"], Fields(options, Requests.Run() with { Resume = true }));
    }

    [Fact]
    public void With_a_resume_URL_the_answer_decides()
    {
        var choice = Choice(
            new AiGatewayOptions { Account = Account, ResumeUrl = new Uri("http://resume.test") }, Requests.Run() with { Resume = true });

        Assert.True(choice.Resume);
        Assert.Contains("only if it carries a run id", Assert.Single(choice.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_count_as_asked_for()
    {
        var options = new AiGatewayOptions { Bridge = Bridge, Defaults = new GatewayOptions { CacheTtl = 60 } };

        Assert.Equal(TransportKind.Gateway, Choice(options, Requests.Run()).Transport);
        Assert.Equal(["resume"], Fields(options, Requests.Run() with { Resume = true }));
    }

    [Fact]
    public void A_provider_s_own_endpoint_needs_the_gateway_path()
    {
        var options = new AiGatewayOptions { Bridge = Bridge };

        Assert.Equal(TransportKind.Gateway, Choice(options, Requests.Run() with { Endpoint = "v1/moderations" }).Transport);
        Assert.Equal(TransportKind.Run, Choice(options, Requests.Run() with { Endpoint = "v1/chat/completions" }).Transport);
        Assert.Equal(["endpoint"], Fields(options, Requests.Run("alibaba/q") with { Endpoint = "v1/moderations" }));
    }

    [Theory]
    [InlineData("/v1/x")]
    [InlineData("v1/../../other")]
    [InlineData("v1/%2e%2e/x")]
    [InlineData("v1/a b")]
    [InlineData("v1/x#y")]
    [InlineData("")]
    public void An_endpoint_stays_below_its_provider(string endpoint) =>
        Assert.Equal(["endpoint"], Fields(new AiGatewayOptions { Bridge = Bridge }, Requests.Run() with { Endpoint = endpoint }));

    [Theory]
    [InlineData("alibaba/q", "fallback/models/0")]
    [InlineData("newcomer/m", "fallback/models/0")]
    [InlineData("no-slug", "fallback/models/0")]
    [InlineData("replicate/m", "fallback/models/0/endpoint")]
    public void Each_fallback_must_be_on_the_gateway_path(string model, string field)
    {
        var request = Requests.Run() with { Fallbacks = [new FallbackModel { Model = model, Inputs = "{}"u8.ToArray() }] };

        Assert.Equal([field], Fields(new AiGatewayOptions { Bridge = Bridge }, request));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var request = Requests.Run("mistral/m", "[]") with
        {
            Resume = true,
            Gateway = new GatewayOptions { Id = "", CustomCost = new CustomCost(-1, 0), ByokAlias = "" },
            Fallbacks = [new FallbackModel { Model = "openai/m", Inputs = "nothing"u8.ToArray(), Endpoint = "v1/chat/completions" }],
        };

        Assert.Equal(
            ["gateway/id", "gateway/byokAlias", "gateway/customCost", "resume", "input"],
            Fields(new AiGatewayOptions { Bridge = Bridge }, request));
        Assert.Equal(
            ["endpoint", "fallback/models/0/input"],
            Fields(new AiGatewayOptions { Bridge = Bridge }, request with { Resume = null, Gateway = new GatewayOptions() }));
    }

    [Fact]
    public void Metadata_counts_with_that_of_the_defaults()
    {
        var options = new AiGatewayOptions { Bridge = Bridge, Defaults = new GatewayOptions { Metadata = Numbered("a", 3) } };

        Choice(options, Requests.Run() with { Gateway = new GatewayOptions { Metadata = Numbered("b", 2) } });
        Choice(options, Requests.Run() with { Gateway = new GatewayOptions { Metadata = Numbered("a", 5) } });
        Assert.Equal(["gateway/metadata"], Fields(options, Requests.Run() with { Gateway = new GatewayOptions { Metadata = Numbered("b", 3) } }));
    }

    [Fact]
    public void A_gateway_needs_a_way_and_good_addresses()
    {
        var http = new HttpMessageInvoker(StubHandler.Answering(200, "{}"));
        Assert.Throws<ArgumentException>(() => new AiGateway(http, new AiGatewayOptions()));
        foreach (var options in new AiGatewayOptions[]
        {
            new() { Account = Account with { AccountId = "" } },
            new() { Account = Account with { ApiToken = "a\nb" } },
            new() { Account = Account with { ApiUrl = new Uri("ftp://x") } },
            new() { Account = Account with { EndpointUrl = new Uri("http://x?y=1") } },
            new() { Account = Account, ResumeUrl = new Uri("/relative", UriKind.Relative) },
            new() { Account = Account, Defaults = new GatewayOptions { CacheTtl = -1 } },
        })
        {
            Assert.Throws<ArgumentException>(() => new AiGateway(http, options));
        }
    }

    private static Dictionary<string, System.Text.Json.JsonElement> Numbered(string name, int count) => Enumerable.Range(0, count)
        .ToDictionary(i => $"{name}{i}", i => System.Text.Json.JsonElement.Parse(Encoding.UTF8.GetBytes("1")), StringComparer.Ordinal);

    private static TransportChoice Choice(AiGatewayOptions options, RunRequest request) =>
        Assert.IsType<TransportChoice>(Gateway(options).Decide(request));

    private static string[] Fields(AiGatewayOptions options, RunRequest request) =>
        [.. Assert.IsType<TransportRefusal>(Gateway(options).Decide(request)).Problems.Select(problem => problem.Field)];

    private static AiGateway Gateway(AiGatewayOptions options) =>
        new(new HttpMessageInvoker(StubHandler.Answering(200, "{}")), options);
}
