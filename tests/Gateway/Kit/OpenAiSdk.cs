using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace Orchestrator.Gateway.Tests;

/// <summary>The official OpenAI client as any application has it, but for the handler in its HTTP client.</summary>
internal static class OpenAiSdk
{
    public const string Key = "sk-of-the-application";

    public static ChatClient Chat(HttpClient http, string model, Uri? endpoint = null) => new(
        model,
        new ApiKeyCredential(Key),
        new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Endpoint = endpoint ?? new Uri("https://api.openai.com/v1"),
        });

    public static HttpClient Http(AiGatewayHandlerOptions options, HttpMessageHandler? inner = null) =>
        new(new AiGatewayHandler(options, inner ?? BridgeHttp.CreateHandler()));
}
