using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Tests.Kit;

/// <summary>The ways to the models as the real client has them, for services that are configured one way or another. Nothing is ever sent.</summary>
internal static class Configured
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    public static readonly ITransports Bridge = Of(new AiGatewayOptions { Bridge = new BridgeOptions { Url = Nowhere } });

    public static readonly ITransports Account = Of(new AiGatewayOptions { Account = new AccountOptions { AccountId = "a" } });

    public static readonly ITransports AccountWithResumeUrl =
        Of(new AiGatewayOptions { Account = new AccountOptions { AccountId = "a" }, ResumeUrl = Nowhere });

    public static readonly ITransports BridgeAndUpstreams = Beside(
        new AiGateway(new HttpMessageInvoker(new Unreachable()), new AiGatewayOptions { Bridge = new BridgeOptions { Url = Nowhere } }));

    public static readonly ITransports UpstreamsAlone = Beside(null);

    private static AiGatewayUpstream Beside(AiGateway? gateway)
    {
        var direct = new DirectUpstreams(
            new HttpMessageInvoker(new Unreachable()), [new DirectUpstream { Name = "local", BaseUrl = Nowhere, ApiKey = "direct-key" }], gateway);
        return new AiGatewayUpstream(direct, "default", ResumeSupport.Yes, direct.Secrets, direct);
    }

    private static AiGatewayUpstream Of(AiGatewayOptions options) =>
        new(new AiGateway(new HttpMessageInvoker(new Unreachable()), options), "default", options.RunPathResume, []);

    private sealed class Unreachable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A submission was sent somewhere before it was accepted.");
    }
}
