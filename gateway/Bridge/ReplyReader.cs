using System.IO.Pipelines;

namespace Orchestrator.Gateway;

/// <summary>Makes a reply of a response that is a success.</summary>
internal sealed class ReplyReader(BridgeChannel channel, AiGatewayClientOptions options)
{
    private const string EventStream = "text/event-stream";
    private const int StreamBufferBytes = 16 * 1024;

    // Zero-byte reads: a stream that waits holds no buffer, and thousands of them do.
    private static readonly StreamPipeReaderOptions PipeOptions = new(bufferSize: StreamBufferBytes, useZeroByteReads: true);

    /// <param name="response">Taken over, whatever comes of it.</param>
    /// <param name="streamUntold">Whether a response that does not say what it is is a stream.</param>
    public async Task<GatewayReply> ReadAsync(
        HttpResponseMessage response, WireFormat wire, bool streamUntold, SecretScrubber scrubber, CancellationToken ct)
    {
        var kept = false;
        try
        {
            var headers = ReplyHeaderReader.Read(response);
            var contentType = ReplyHeaderReader.First(response.Content.Headers, "Content-Type");
            if (IsStream(contentType, streamUntold || headers.RunId is not null))
            {
                var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
                kept = true;
                return new StreamReply
                {
                    Headers = headers,
                    Wire = wire,
                    Events = new SseEventReader(PipeReader.Create(body, PipeOptions), options.Sse, owner: response),
                };
            }

            var (document, error) = await channel.ReadDocumentAsync(response, scrubber, ct).ConfigureAwait(false);
            return error is not null
                ? new FailureReply { Headers = headers, Error = error }
                : new DocumentReply
                {
                    Headers = headers,
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
