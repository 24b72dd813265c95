using System.Buffers;

namespace Orchestrator.Gateway;

/// <summary>
/// Walks the blocks in what a pipe has handed out. A block that is not complete yet is kept by its length: when the pipe hands it out
/// again with more behind it, scanning goes on where it was.
/// </summary>
internal struct SseBlockCursor
{
    private SseBlockScanner _scanner;
    private ReadOnlySequence<byte> _buffer;
    private SequencePosition _segmentStart;
    private SequencePosition _nextSegment;
    private ReadOnlyMemory<byte> _segment;
    private int _offset;

    // Where the block began: an offset in the segment, or when negative a position in an earlier one.
    private int _blockOffset;
    private SequencePosition _blockStart;

    /// <summary>The bytes of the block being scanned, so far.</summary>
    public long BlockLength { get; private set; }

    /// <summary>Everything before it has been walked and can go.</summary>
    public readonly SequencePosition BlockStart =>
        _blockOffset < 0 ? _blockStart : _buffer.GetPosition(_blockOffset, _segmentStart);

    /// <param name="buffer">Begins with the block being scanned.</param>
    public void Load(in ReadOnlySequence<byte> buffer)
    {
        _buffer = buffer;
        _blockStart = buffer.Start;
        if (buffer.IsSingleSegment)
        {
            (_segmentStart, _nextSegment, _segment) = (buffer.Start, buffer.End, buffer.First);
            (_offset, _blockOffset) = ((int)BlockLength, 0);
        }
        else
        {
            _segmentStart = _nextSegment = Seek(buffer, BlockLength);
            (_segment, _offset, _blockOffset) = (default, 0, -1);
        }
    }

    /// <summary>Lets go of the memory and keeps its place in the block.</summary>
    public void Unload()
    {
        _buffer = default;
        _segmentStart = _nextSegment = _blockStart = default;
        _segment = default;
        _offset = _blockOffset = 0;
    }

    /// <summary>The next block that is complete.</summary>
    /// <param name="block">Its bytes, terminator included.</param>
    /// <param name="isEvent">Whether it has a field.</param>
    public bool TryTake(out ReadOnlySequence<byte> block, out bool isEvent)
    {
        do
        {
            var taken = _scanner.Take(_segment.Span[_offset..], out var ended);
            _offset += taken;
            BlockLength += taken;
            if (ended)
            {
                block = _blockOffset >= 0
                    ? new ReadOnlySequence<byte>(_segment[_blockOffset.._offset])
                    : _buffer.Slice(_blockStart, _buffer.GetPosition(_offset, _segmentStart));
                isEvent = _scanner.HasField;
                StartBlock();
                return true;
            }
        }
        while (NextSegment());

        block = default;
        isEvent = false;
        return false;
    }

    /// <summary>The last block of a stream that ended here, when it needs nothing more to be complete.</summary>
    public bool TryTakeLast(out ReadOnlySequence<byte> block)
    {
        var complete = _scanner is { EndsHere: true, HasField: true };
        block = complete ? _buffer.Slice(BlockStart) : default;
        BlockLength = 0;
        _scanner.StartBlock();
        return complete;
    }

    private void StartBlock()
    {
        _scanner.StartBlock();
        _blockOffset = _offset;
        BlockLength = 0;
    }

    /// <summary>New bytes are nearly always in the last segment: found from there, a large event is not walked through at each read.</summary>
    private static SequencePosition Seek(in ReadOnlySequence<byte> buffer, long offset)
    {
        if (buffer.Start.GetObject() is ReadOnlySequenceSegment<byte> first && buffer.End.GetObject() is ReadOnlySequenceSegment<byte> last)
        {
            var inLast = offset + buffer.Start.GetInteger() - (last.RunningIndex - first.RunningIndex);
            if (inLast >= 0)
            {
                return new SequencePosition(last, (int)inLast);
            }
        }

        return buffer.GetPosition(offset);
    }

    private bool NextSegment()
    {
        var start = _nextSegment;
        if (start.Equals(_buffer.End) || !_buffer.TryGet(ref _nextSegment, out var segment))
        {
            return false;
        }

        if (_blockOffset >= 0)
        {
            _blockStart = _buffer.GetPosition(_blockOffset, _segmentStart);
        }

        // A block that begins with the segment is whole in it, unless it goes on in the next one.
        _blockOffset = BlockLength == 0 ? 0 : -1;
        (_segmentStart, _segment, _offset) = (start, segment, 0);
        return true;
    }
}
