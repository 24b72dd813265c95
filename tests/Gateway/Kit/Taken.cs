using System.Buffers;
using System.Text;

namespace Orchestrator.Gateway.Tests;

/// <summary>All that a stream gave: its events as text, and how it ended.</summary>
internal sealed record Taken(IReadOnlyList<string> Events, StreamSignal End)
{
    public static async Task<Taken> AllAsync(IEventStream stream)
    {
        var events = new List<string>();
        while (true)
        {
            var signal = await stream.WaitAsync(CancellationToken.None).AsTask().WaitAsync(Soon.Bound);
            if (signal.Kind != StreamSignalKind.Events)
            {
                return new Taken(events, signal);
            }

            var before = events.Count;
            while (stream.TryRead(out var raw))
            {
                events.Add(Encoding.Latin1.GetString(raw.ToArray()));
            }

            Assert.True(events.Count > before, "Events were signalled, and there were none.");
        }
    }

    /// <summary>Small buffers make events move, and outgrow them.</summary>
    public static async Task<Taken> AllAsync(
        IEnumerable<ReadOnlyMemory<byte>> pieces, int bufferSize = 4_096, SseReaderOptions? options = null, Exception? failure = null)
    {
        var body = new PiecesStream(pieces, failure);
        await using var reader = new SseEventReader(body, options, owner: body, TimeProvider.System, buffer: new BodyBuffer(StreamBuffers.Shared, bufferSize));
        return await AllAsync(reader);
    }
}
