using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Projections;

/// <summary>All that the projection to client events carries from one entry to the next: small, so that a checkpoint is a few bytes,
/// and of a continued answer whose beginning is still being compared a few kilobytes.</summary>
internal struct ProjectionState
{
    /// <summary>The sequence number of the last client event.</summary>
    public long Seq;

    public int Attempt;

    /// <summary>Of the attempt.</summary>
    public int Leg;

    public WireFormat Wire;

    /// <summary>Output of an attempt has been shown since the last reset.</summary>
    public bool Shown;

    public bool WarnedNotResumable;

    public bool WarnedMalformed;

    /// <summary>Whether the caller gave resuming up itself: no warning then.</summary>
    public bool ResumeUnwanted;

    public long? InputTokens;

    public long? OutputTokens;

    /// <summary>What the attempt's next event is to be read with: <see cref="ChunkReading.Carried"/>.</summary>
    public long Carried;

    /// <summary>Of the attempt's text with the partial answer that it goes on from.</summary>
    public Overlap Overlap;

    public readonly Checkpoint ToCheckpoint()
    {
        Span<byte> bytes = stackalloc byte[(10 * Varint.MaxLength) + (3 * Overlap.TailChars)];
        var length = Varint.Write(bytes, (ulong)Attempt);
        bytes[length++] = (byte)Wire;
        bytes[length++] = (byte)((Shown ? 1 : 0) | (WarnedNotResumable ? 2 : 0) | (WarnedMalformed ? 4 : 0) | (ResumeUnwanted ? 8 : 0));
        length += Varint.Write(bytes[length..], (ulong)(InputTokens + 1 ?? 0));
        length += Varint.Write(bytes[length..], (ulong)(OutputTokens + 1 ?? 0));
        length += Varint.Write(bytes[length..], (ulong)Leg);

        // Left out where there is nothing to carry: so checkpoints were before there was.
        length += Carried == 0 && !Overlap.IsOpen ? 0 : Varint.Write(bytes[length..], (ulong)Carried);
        if (Overlap.IsOpen)
        {
            length += Varint.Write(bytes[length..], (ulong)Overlap.Least);
            length += Varint.Write(bytes[length..], (ulong)Overlap.Start);
            length += Varint.Write(bytes[length..], (ulong)Overlap.Length);
            length += Encoding.UTF8.GetBytes(Overlap.Tail, bytes[length..]);
        }

        return new Checkpoint(Seq, bytes[..length].ToArray());
    }

    public static ProjectionState FromCheckpoint(Checkpoint checkpoint)
    {
        var bytes = checkpoint.State.Span;
        var position = 0;
        var state = new ProjectionState { Seq = checkpoint.Seq, Attempt = (int)Varint.Read(bytes, ref position) };
        state.Wire = (WireFormat)bytes[position++];
        var flags = bytes[position++];
        state.Shown = (flags & 1) != 0;
        state.WarnedNotResumable = (flags & 2) != 0;
        state.WarnedMalformed = (flags & 4) != 0;
        state.ResumeUnwanted = (flags & 8) != 0;
        state.InputTokens = Optional(Varint.Read(bytes, ref position));
        state.OutputTokens = Optional(Varint.Read(bytes, ref position));
        state.Leg = (int)Varint.Read(bytes, ref position);
        state.Carried = position < bytes.Length ? (long)Varint.Read(bytes, ref position) : 0;
        if (position < bytes.Length)
        {
            var least = (int)Varint.Read(bytes, ref position);
            var start = (int)Varint.Read(bytes, ref position);
            var held = (int)Varint.Read(bytes, ref position);
            state.Overlap = new Overlap(Encoding.UTF8.GetString(bytes[position..]), least, start, held);
        }

        return state;
    }

    private static long? Optional(ulong stored) => stored == 0 ? null : (long)stored - 1;
}
