using System.Text;

namespace Orchestrator.Gateway.Tests;

internal static class Requests
{
    public static RunRequest Run(string model = "openai/gpt-5-mini", string inputs = "{\"messages\":[]}") =>
        new() { Model = model, Inputs = Encoding.UTF8.GetBytes(inputs) };

    public static async Task<GatewayError> FailAsync(StubHandler handler, RunRequest? request = null, AiGatewayClientOptions? options = null)
    {
        var reply = await handler.Client(options).RunAsync(request ?? Run(), CancellationToken.None);
        return Assert.IsType<FailureReply>(reply).Error;
    }
}
