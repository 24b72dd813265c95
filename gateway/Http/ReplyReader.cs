namespace Orchestrator.Gateway;

/// <summary>Makes a reply of a response that is a success.</summary>
internal sealed class ReplyReader(HttpChannel channel, AiGatewayClientOptions options)
{
    private const string EventStream = "text/event-stream";

    /// <summary>Sends a request and reads what comes of it.</summary>
    public async Task<GatewayReply> SendAsync(HttpRequestMessage request, ReplyContext context, bool resume, CancellationToken ct)
    {
        var (response, failure) = await channel.SendAsync(request, context.Scrubber, resume, ct).ConfigureAwait(false);
        return response is null
            ? failure! with { Transport = context.Transport }
            : await ReadAsync(response, context, ct).ConfigureAwait(false);
    }

    /// <param name="response">Taken over, whatever comes of it.</param>
    private async Task<GatewayReply> ReadAsync(HttpResponseMessage response, ReplyContext context, CancellationToken ct)
    {
        var kept = false;
        try
        {
            var headers = ReplyHeaderReader.Read(response);
            var wire = context.Wire(headers.Step);
            var contentType = ReplyHeaderReader.First(response.Content.Headers, "Content-Type");
            if (IsStream(contentType, context.StreamUntold || headers.RunId is not null))
            {
                var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
                kept = true;
                return new StreamReply
                {
                    Headers = headers,
                    Transport = context.Transport,
                    Wire = wire,
                    Resumable = context.CanResume && headers.RunId is not null,
                    Events = new SseEventReader(body, options.Sse, owner: response, options.Time, channel.Peer),
                };
            }

            var (document, error) = await channel.ReadDocumentAsync(response, context.Scrubber, ct).ConfigureAwait(false);
            if (error is null && context.Enveloped)
            {
                (document, error) = Envelope.Unwrap(document, context.Scrubber);
            }

            return error is not null
                ? new FailureReply { Headers = headers, Transport = context.Transport, Error = error }
                : new DocumentReply
                {
                    Headers = headers,
                    Transport = context.Transport,
                    Wire = wire,
                    ContentType = contentType ?? "application/octet-stream",
                    Body = document,
                };
        }
        finally
        {
            if (!kept)
            {
                response.Dispose();
            }
        }
    }

    private static bool IsStream(string? contentType, bool streamUntold)
    {
        if (contentType is null)
        {
            return streamUntold;
        }

        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var mediaType = (end < 0 ? contentType : contentType[..end]).Trim();
        return mediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase);
    }
}
