using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Formats;

/// <summary>Puts parts together to a block or a chunk, in one buffer that is used again.</summary>
internal sealed class FrameBuilder
{
    /// <summary>A buffer that one giant part made larger than this is not kept.</summary>
    private const int KeptCapacity = 1 << 20;

    private readonly int _initialCapacity;
    private byte[] _buffer;
    private int _parts;

    public FrameBuilder(int initialCapacity = 64 * 1024)
    {
        _initialCapacity = initialCapacity;
        _buffer = new byte[initialCapacity];
        Length = Envelope.HeaderLength;
    }

    /// <summary>Of the frame so far, without its trailer.</summary>
    public int Length { get; private set; }

    public bool IsEmpty => _parts == 0;

    /// <summary>Adds a batch as a part with its run's id and answers its length.</summary>
    public int AddToBlock(RunId run, EntryBatch batch, ReadOnlySpan<byte> summary)
    {
        var start = Length;
        run.WriteBytes(Reserve(RunId.ByteLength));
        Length += RunId.ByteLength;
        var flags = batch.Checkpoint is null ? PartFlags.None : PartFlags.Checkpoint;
        AddBody(
            summary.IsEmpty ? flags : flags | PartFlags.Summary, batch.FirstNumber, batch.Count, batch.BaseTime,
            batch.Checkpoint?.Seq ?? 0, batch.Checkpoint is { } checkpoint ? checkpoint.State.Span : default, summary, batch.Data.Span);
        return Length - start;
    }

    /// <summary>Adds a part of a block as a part of a chunk: without run id and summary.</summary>
    public void AddToChunk(scoped in PartView part, ReadOnlySpan<byte> block) =>
        AddBody(
            part.HasCheckpoint ? PartFlags.Checkpoint : PartFlags.None, part.FirstNumber, part.Count, part.BaseTime,
            part.CheckpointSeq, part.CheckpointState, default, block.Slice(part.DataOffset, part.DataLength));

    /// <summary>The frame; its bytes are the builder's until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Close(ReadOnlySpan<byte> kind)
    {
        Reserve(Envelope.TrailerLength);
        var total = Length + Envelope.TrailerLength;
        Envelope.Close(_buffer.AsSpan(0, total), kind, _parts);
        return _buffer.AsMemory(0, total);
    }

    public void Clear()
    {
        Length = Envelope.HeaderLength;
        _parts = 0;
        if (_buffer.Length > KeptCapacity)
        {
            _buffer = new byte[_initialCapacity];
        }
    }

    private void AddBody(
        PartFlags flags, long first, int count, long time, long seq, ReadOnlySpan<byte> state, ReadOnlySpan<byte> summary, ReadOnlySpan<byte> data)
    {
        var span = Reserve(checked(1 + (7 * Varint.MaxLength) + state.Length + summary.Length + data.Length));
        var position = 0;
        span[position++] = (byte)flags;
        position += Varint.Write(span[position..], (ulong)first);
        position += Varint.Write(span[position..], (ulong)count);
        position += Varint.Write(span[position..], Varint.ZigZag(time));
        if (flags.HasFlag(PartFlags.Checkpoint))
        {
            position += Varint.Write(span[position..], (ulong)seq);
            position = WriteBytes(span, position, state);
        }

        if (flags.HasFlag(PartFlags.Summary))
        {
            position = WriteBytes(span, position, summary);
        }

        Length += WriteBytes(span, position, data);
        _parts++;
    }

    private static int WriteBytes(Span<byte> span, int position, ReadOnlySpan<byte> bytes)
    {
        position += Varint.Write(span[position..], (ulong)bytes.Length);
        bytes.CopyTo(span[position..]);
        return position + bytes.Length;
    }

    private Span<byte> Reserve(int length)
    {
        var needed = checked(Length + length);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, (int)Math.Min(_buffer.Length * 2L, Array.MaxLength)));
        }

        return _buffer.AsSpan(Length);
    }
}
