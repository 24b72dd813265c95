using System.Net;
using System.Text;

namespace Orchestrator.Client.Tests.Kit;

/// <summary>Serves an event stream in memory, byte for byte, and cuts the first connection after so many bytes.</summary>
internal sealed class CutHandler(IReadOnlyList<string> events, int cut, bool cleanly, int packet) : HttpMessageHandler
{
    public List<string> Queries { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = request.RequestUri!.Query;
        Queries.Add(query);
        var after = query.StartsWith("?after=", StringComparison.Ordinal) ? int.Parse(query[7..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        var bytes = Encoding.UTF8.GetBytes(string.Concat(events.Skip(after)));
        if (Queries.Count > 1)
        {
            return Task.FromResult(Stream(new CutStream(bytes, bytes.Length, cleanly: true, packet)));
        }

        return Task.FromResult(Stream(new CutStream(bytes, cut, cleanly, packet)));
    }

    private static HttpResponseMessage Stream(Stream body)
    {
        var content = new StreamContent(body);
        content.Headers.ContentType = new("text/event-stream");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    private sealed class CutStream(byte[] bytes, int cut, bool cleanly, int packet) : MemoryStream(bytes, 0, cut, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = Read(buffer.Span[..Math.Min(buffer.Length, packet)]);
            return read > 0 || cleanly
                ? ValueTask.FromResult(read)
                : ValueTask.FromException<int>(new IOException("Connection reset."));
        }
    }
}
