namespace Orchestrator.Gateway.Tests;

/// <summary>The same run on each of the ways there are, whatever the other side answers.</summary>
internal static class EveryTransport
{
    public static async IAsyncEnumerable<(string Name, GatewayReply Reply)> RunAsync(Func<StubHandler> handler)
    {
        foreach (var (name, bridge, request) in Ways())
        {
            var gateway = new AiGateway(new HttpMessageInvoker(handler()), bridge
                ? new AiGatewayOptions { Bridge = new BridgeOptions { Url = new Uri("http://bridge.test") } }
                : new AiGatewayOptions
                {
                    Account = new AccountOptions { AccountId = "acc", ApiUrl = new Uri("http://api.test"), EndpointUrl = new Uri("http://gw.test") },
                });
            yield return (name, await gateway.RunAsync(request, CancellationToken.None));
        }
    }

    private static IEnumerable<(string Name, bool Bridge, RunRequest Request)> Ways()
    {
        var falling = Requests.Run() with { Fallbacks = [new FallbackModel { Model = "xai/m", Inputs = "{\"messages\":[]}"u8.ToArray() }] };
        yield return ("bridge run", true, Requests.Run());
        yield return ("bridge universal", true, falling);
        yield return ("REST run", false, Requests.Run());
        yield return ("REST run/@cf", false, Requests.Run("@cf/meta/m"));
        yield return ("REST v1", false, Requests.Run() with { Endpoint = "v1/chat/completions" });
        yield return ("provider endpoint", false, Requests.Run() with { Transport = TransportKind.Gateway });
        yield return ("compat", false, Requests.Run("cohere/c"));
        yield return ("universal", false, falling);
    }
}
