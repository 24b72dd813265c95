namespace Orchestrator.Engine.Entries;

/// <summary>
/// Consecutive entries of one run, encoded once and then never copied apart: the journal stores <see cref="Data"/> as it is, and
/// readers of the run share it. Immutable.
/// </summary>
/// <remarks>
/// <see cref="Data"/> is a sequence of frames: varint length of the rest, kind (1 byte), zigzag varint milliseconds after
/// <see cref="BaseTime"/>, payload. The payload of an <see cref="EntryKind.UpstreamEvent"/> is a varint attempt number and the
/// event's raw bytes; that of every other kind is described at its codec (<see cref="EntryCodec"/>).
/// </remarks>
public sealed class EntryBatch
{
    public EntryBatch(long firstNumber, int count, long baseTime, ReadOnlyMemory<byte> data, Checkpoint? checkpoint = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstNumber, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        FirstNumber = firstNumber;
        Count = count;
        BaseTime = baseTime;
        Data = data;
        Checkpoint = checkpoint;
    }

    /// <summary>The number of the first entry. Entries of a run are numbered from 1 without gaps.</summary>
    public long FirstNumber { get; }

    public int Count { get; }

    public long LastNumber => FirstNumber + Count - 1;

    /// <summary>Unix milliseconds; the entries' times are relative to it.</summary>
    public long BaseTime { get; }

    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Where the projection to client events stands just before <see cref="FirstNumber"/>; on some batches only.</summary>
    public Checkpoint? Checkpoint { get; }

    public EntryEnumerator GetEnumerator() => new(this);
}
