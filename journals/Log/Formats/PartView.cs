using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Formats;

/// <summary>
/// One batch of a run inside a block or chunk, not copied. Encoded as: run id (16 bytes, in blocks only), flags (1 byte), first number,
/// count, base time (zigzag), with a checkpoint its seq, length and state, with a summary its length and bytes, then the length of the
/// data and the data. All numbers are varints.
/// </summary>
internal readonly ref struct PartView
{
    public RunId Run { get; init; }

    public long FirstNumber { get; init; }

    public int Count { get; init; }

    public long LastNumber => FirstNumber + Count - 1;

    public long BaseTime { get; init; }

    public bool HasCheckpoint { get; init; }

    public long CheckpointSeq { get; init; }

    public ReadOnlySpan<byte> CheckpointState { get; init; }

    /// <summary>An encoded <see cref="Engine.Journal.RunSummary"/>; empty where there is none.</summary>
    public ReadOnlySpan<byte> Summary { get; init; }

    /// <summary>Where the part lies in the frame, its run id included.</summary>
    public int Offset { get; init; }

    public int Length { get; init; }

    /// <summary>Where the entries lie in the frame.</summary>
    public int DataOffset { get; init; }

    public int DataLength { get; init; }

    public Checkpoint? ToCheckpoint() => HasCheckpoint ? new Checkpoint(CheckpointSeq, CheckpointState.ToArray()) : null;

    /// <param name="frame">What the part was read from; the batch shares its bytes.</param>
    public EntryBatch ToBatch(ReadOnlyMemory<byte> frame) =>
        new(FirstNumber, Count, BaseTime, frame.Slice(DataOffset, DataLength), ToCheckpoint());
}
