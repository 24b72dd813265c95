using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.Engine.Webhooks;

/// <summary>Makes one try: a POST with the headers of Standard Webhooks 1.0.0, and the answer's status read. Thread-safe.</summary>
/// <param name="http">Follows no redirects. The caller disposes it.</param>
/// <param name="signer">Null: deliveries are not signed.</param>
/// <param name="timeout">From the connection's start to the answer's headers.</param>
public sealed class WebhookSender(HttpMessageInvoker http, WebhookSigner? signer, TimeSpan timeout, TimeProvider clock)
{
    private static readonly ProductInfoHeaderValue Agent = new("Orchestrator-Webhooks", "1.0");

    /// <param name="url">Absolute, http or https.</param>
    /// <returns><see cref="TryOutcome.Delivered"/>, <see cref="TryOutcome.Gone"/> or <see cref="TryOutcome.Failed"/>.</returns>
    public async Task<TryOutcome> SendAsync(Uri url, string messageId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var request = Request(url, messageId, body);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            return Read(response);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new TryOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds} s"), null);
        }
        catch (HttpRequestException failure)
        {
            return new TryOutcome.Failed(failure.Message, null);
        }
    }

    private HttpRequestMessage Request(Uri url, string messageId, ReadOnlyMemory<byte> body)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Add("webhook-id", messageId);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        if (signer is not null)
        {
            request.Headers.Add("webhook-signature", signer.Sign(messageId, timestamp, body.Span));
        }

        return request;
    }

    private TryOutcome Read(HttpResponseMessage response) => response switch
    {
        { IsSuccessStatusCode: true } => new TryOutcome.Delivered(),
        { StatusCode: HttpStatusCode.Gone } => new TryOutcome.Gone(),
        _ => new TryOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"status {(int)response.StatusCode}"), RetryAfter(response)),
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}
