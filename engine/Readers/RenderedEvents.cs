using System.Buffers;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Readers;

/// <summary>Some entries as server-sent events.</summary>
/// <param name="Bytes">Whole events; may be empty.</param>
/// <param name="SeqBefore">The sequence number before them.</param>
/// <param name="After">The projection after them.</param>
/// <param name="Ended">The run's terminal event is the last of them.</param>
internal sealed record RenderedEvents(ReadOnlyMemory<byte> Bytes, long SeqBefore, ProjectionState After, bool Ended)
{
    private const int LargestKept = 1024 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static ChunkReading? _reading;

    /// <param name="batch">The entries.</param>
    /// <param name="from">The number of the first entry to render; those before it in the batch are left out.</param>
    /// <param name="before">The projection before that entry.</param>
    /// <param name="run">Whose entries they are.</param>
    /// <param name="skipThrough">Events up to this sequence number are counted and not written.</param>
    public static RenderedEvents Render(EntryBatch batch, long from, in ProjectionState before, RunId run, long skipThrough)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(64 * 1024);
        var reading = _reading ??= new ChunkReading();
        if (buffer.Capacity > LargestKept)
        {
            buffer = _buffer = new ArrayBufferWriter<byte>(64 * 1024);
        }

        buffer.ResetWrittenCount();
        var writer = new EventWriter(buffer, run, skipThrough);
        var state = before;
        var ended = false;
        foreach (var entry in batch)
        {
            if (entry.Number < from)
            {
                continue;
            }

            Read(entry, state, reading);
            ClientProjection.Apply(ref state, entry, reading, writer);
            ended |= entry.Kind == EntryKind.RunEnded;
        }

        return new RenderedEvents(buffer.WrittenSpan.ToArray(), before.Seq, state, ended);
    }

    private static void Read(in EntryView entry, in ProjectionState state, ChunkReading reading)
    {
        if (entry.Kind == EntryKind.UpstreamEvent)
        {
            WireReader.Read(state.Wire, EntryCodec.ReadUpstreamEvent(entry.Payload, out _).Span, reading, state.Carried);
        }
        else if (entry.Kind == EntryKind.AttemptResult)
        {
            WireReader.ReadDocument(state.Wire, EntryCodec.ReadAttemptResult(entry.Payload).Body.Span, reading);
        }
    }
}
