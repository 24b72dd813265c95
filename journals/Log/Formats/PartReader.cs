using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Formats;

/// <summary>Walks the parts of a frame that <see cref="Envelope.TryOpen"/> accepted, or of a piece of one.</summary>
internal ref struct PartReader
{
    private readonly ReadOnlySpan<byte> _frame;
    private readonly bool _withRun;
    private readonly int _end;
    private int _position;

    private PartReader(ReadOnlySpan<byte> frame, bool withRun, int start, int end)
    {
        _frame = frame;
        _withRun = withRun;
        _position = start;
        _end = end;
    }

    public PartView Current { get; private set; }

    public static PartReader OfBlock(ReadOnlySpan<byte> block) =>
        new(block, withRun: true, Envelope.HeaderLength, block.Length - Envelope.TrailerLength);

    public static PartReader OfChunk(ReadOnlySpan<byte> chunk) =>
        new(chunk, withRun: false, Envelope.HeaderLength, chunk.Length - Envelope.TrailerLength);

    /// <summary>Reads one part cut out of a block.</summary>
    public static PartReader OfPart(ReadOnlySpan<byte> part) => new(part, withRun: true, 0, part.Length);

    /// <exception cref="InvalidDataException">The bytes are not parts.</exception>
    public bool MoveNext()
    {
        if (_position == _end)
        {
            return false;
        }

        var bytes = _frame[.._end];
        var position = _position;
        RunId run = default;
        if (_withRun)
        {
            run = RunId.FromBytes(Take(bytes, ref position, RunId.ByteLength));
        }

        var flags = (PartFlags)Take(bytes, ref position, 1)[0];
        if ((flags & ~(PartFlags.Checkpoint | PartFlags.Summary)) != 0)
        {
            throw new InvalidDataException($"A part of a journal has unknown flags ({(byte)flags:x2}): it was written by a newer version.");
        }

        var first = checked((long)Varint.Read(bytes, ref position));
        var count = checked((int)Varint.Read(bytes, ref position));
        var time = Varint.UnZigZag(Varint.Read(bytes, ref position));
        var seq = 0L;
        ReadOnlySpan<byte> state = default;
        if (flags.HasFlag(PartFlags.Checkpoint))
        {
            seq = checked((long)Varint.Read(bytes, ref position));
            state = Take(bytes, ref position, (int)Varint.Read(bytes, ref position));
        }

        ReadOnlySpan<byte> summary = default;
        if (flags.HasFlag(PartFlags.Summary))
        {
            summary = Take(bytes, ref position, (int)Varint.Read(bytes, ref position));
        }

        var length = (int)Varint.Read(bytes, ref position);
        var data = position;
        _ = Take(bytes, ref position, length);
        Current = new PartView
        {
            Run = run,
            FirstNumber = first,
            Count = count,
            BaseTime = time,
            HasCheckpoint = flags.HasFlag(PartFlags.Checkpoint),
            CheckpointSeq = seq,
            CheckpointState = state,
            Summary = summary,
            Offset = _position,
            Length = position - _position,
            DataOffset = data,
            DataLength = length,
        };
        _position = position;
        return true;
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, scoped ref int position, int length)
    {
        if ((uint)length > (uint)(bytes.Length - position))
        {
            throw new InvalidDataException("A part of a journal is cut short.");
        }

        var taken = bytes.Slice(position, length);
        position += length;
        return taken;
    }
}
