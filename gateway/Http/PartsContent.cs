using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.Gateway;

/// <summary>A body, JSON unless it is told otherwise, made of parts that are sent one after the other, so that large inputs are not copied.</summary>
internal sealed class PartsContent : HttpContent
{
    private IReadOnlyList<ReadOnlyMemory<byte>> _parts;

    /// <param name="parts">Not copied.</param>
    /// <param name="contentType">What they are together.</param>
    public PartsContent(IReadOnlyList<ReadOnlyMemory<byte>> parts, string contentType = "application/json")
    {
        _parts = parts;
        Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var part in _parts)
        {
            await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var part in _parts)
        {
            stream.Write(part.Span);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _parts.Sum(part => (long)part.Length);
        return true;
    }

    /// <summary>A response keeps its request for as long as it streams; the inputs need not stay with it.</summary>
    protected override void Dispose(bool disposing)
    {
        _parts = [];
        base.Dispose(disposing);
    }
}
