using System.Buffers;

namespace Orchestrator.Engine.Entries;

/// <summary>Collects the entries of one commit. Reused: <see cref="Build"/> empties it.</summary>
public sealed class EntryBatchBuilder
{
    private readonly ArrayBufferWriter<byte> _data;
    private int _count;
    private long _baseTime;

    public EntryBatchBuilder(int capacity = 1024) => _data = new ArrayBufferWriter<byte>(capacity);

    public int Count => _count;

    /// <summary>How many encoded bytes are waiting.</summary>
    public int Length => _data.WrittenCount;

    /// <param name="time">Unix milliseconds.</param>
    /// <param name="attempt">The attempt's number, from 1.</param>
    /// <param name="raw">One complete event, its terminating blank line included.</param>
    public void AddUpstreamEvent(long time, int attempt, ReadOnlySequence<byte> raw)
    {
        var head = Varint.Length((ulong)attempt);
        var destination = Begin(EntryKind.UpstreamEvent, time, checked(head + (int)raw.Length));
        Varint.Write(destination, (ulong)attempt);
        raw.CopyTo(destination[head..]);
    }

    public void Add(EntryKind kind, long time, ReadOnlySpan<byte> payload) => payload.CopyTo(Begin(kind, time, payload.Length));

    /// <summary>Ends the batch and starts over.</summary>
    public EntryBatch Build(long firstNumber, Checkpoint? checkpoint = null)
    {
        var batch = new EntryBatch(firstNumber, _count, _baseTime, _data.WrittenSpan.ToArray(), checkpoint);
        _data.ResetWrittenCount();
        _count = 0;
        return batch;
    }

    private Span<byte> Begin(EntryKind kind, long time, int payloadLength)
    {
        if (_count == 0)
        {
            _baseTime = time;
        }

        var delta = Varint.ZigZag(time - _baseTime);
        var length = 1 + Varint.Length(delta) + payloadLength;
        var frame = _data.GetSpan(Varint.MaxLength + length);
        var position = Varint.Write(frame, (ulong)length);
        var total = position + length;
        frame[position++] = (byte)kind;
        position += Varint.Write(frame[position..], delta);
        _data.Advance(total);
        _count++;
        return frame.Slice(position, payloadLength);
    }
}
