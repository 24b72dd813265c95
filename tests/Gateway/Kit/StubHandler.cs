using System.Net;
using System.Text;

namespace Orchestrator.Gateway.Tests;

/// <summary>Answers every request as told, and keeps what it was asked.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public HttpRequestMessage? Request { get; private set; }

    public string? Body { get; private set; }

    /// <summary>The body as it is.</summary>
    public byte[]? Bytes { get; private set; }

    public string? ContentType { get; private set; }

    public static StubHandler Answering(int status, string body, params (string Name, string Value)[] headers) => new(_ =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        foreach (var (name, value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    });

    public static StubHandler Failing(Exception exception) => new(_ => throw exception);

    public AiGatewayClient Client(AiGatewayClientOptions? options = null, string? secret = "bridge-secret") => new(
        new HttpMessageInvoker(this),
        new BridgeOptions { Url = new Uri("http://bridge.test/base/"), Secret = secret },
        options ?? new AiGatewayClientOptions());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = request;
        Bytes = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Body = Bytes is null ? null : Encoding.UTF8.GetString(Bytes);
        ContentType = request.Content?.Headers.ContentType?.ToString();
        return answer(request);
    }
}
