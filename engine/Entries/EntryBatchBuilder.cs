using System.Buffers;

namespace Orchestrator.Engine.Entries;

/// <summary>
/// Collects the entries of one commit. Reused: <see cref="Build"/> empties it. Between commits it holds no memory, since there is one for
/// every active run.
/// </summary>
public sealed class EntryBatchBuilder
{
    private const int FirstCapacity = 1024;

    private byte[] _data = [];
    private long _baseTime;

    public int Count { get; private set; }

    /// <summary>How many encoded bytes are waiting.</summary>
    public int Length { get; private set; }

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
        var batch = new EntryBatch(firstNumber, Count, _baseTime, _data.AsSpan(0, Length).ToArray(), checkpoint);
        ArrayPool<byte>.Shared.Return(_data);
        _data = [];
        Length = 0;
        Count = 0;
        return batch;
    }

    private Span<byte> Begin(EntryKind kind, long time, int payloadLength)
    {
        if (Count == 0)
        {
            _baseTime = time;
        }

        var delta = Varint.ZigZag(time - _baseTime);
        var length = checked(1 + Varint.Length(delta) + payloadLength);
        var frame = Reserve(checked(Varint.Length((ulong)length) + length));
        var position = Varint.Write(frame, (ulong)length);
        frame[position++] = (byte)kind;
        position += Varint.Write(frame[position..], delta);
        Count++;
        return frame[position..];
    }

    private Span<byte> Reserve(int length)
    {
        var needed = checked(Length + length);
        if (needed > _data.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(FirstCapacity, (int)Math.Min(2L * _data.Length, Array.MaxLength))));
            _data.AsSpan(0, Length).CopyTo(larger);
            if (_data.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_data);
            }

            _data = larger;
        }

        Length = needed;
        return _data.AsSpan(needed - length, length);
    }
}
