using System.Buffers.Binary;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs.Log;

/// <summary>
/// Cuts the bytes of a segment into its blocks, which tell their own lengths. Bytes that are no whole block are one
/// that is torn or damaged: it goes as far as the next one's beginning, the seal, or the end.
/// </summary>
/// <param name="position">Where in the segment the first bytes are.</param>
internal sealed class SegmentReader(int position)
{
    private byte[] _bytes = [];

    public int Position { get; private set; } = position;

    /// <summary>The segment was sealed here: nothing counts after it.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>From where more bytes are wanted.</summary>
    public int End => Position + _bytes.Length;

    public void Add(byte[] bytes) => _bytes = _bytes.Length == 0 ? bytes : [.. _bytes, .. bytes];

    /// <summary>The next block; null where there is none, or more bytes are needed first.</summary>
    /// <param name="isEnd">There are no more bytes.</param>
    public StoredBlock? TryRead(bool isEnd)
    {
        if (IsSealed || _bytes.Length == 0 || (_bytes.Length < Envelope.HeaderLength && !isEnd))
        {
            return null;
        }

        if (SealMark.IsAt(_bytes))
        {
            IsSealed = true;
            return null;
        }

        if (Length() is { } length && length <= _bytes.Length && Envelope.TryOpen(_bytes.AsSpan(0, length), Envelope.Block, out _, out _))
        {
            return Take(length);
        }

        return isEnd ? Take(NextBeginning()) : null;
    }

    /// <summary>Null where no block begins here.</summary>
    private int? Length()
    {
        if (_bytes.Length < Envelope.HeaderLength || !_bytes.AsSpan().StartsWith(Envelope.Block))
        {
            return null;
        }

        var body = BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(4));
        return body < 0 || body > int.MaxValue - Envelope.HeaderLength - Envelope.TrailerLength
            ? null
            : body + Envelope.HeaderLength + Envelope.TrailerLength;
    }

    private int NextBeginning()
    {
        var rest = _bytes.AsSpan(1);
        var block = rest.IndexOf(Envelope.Block);
        var mark = SealMark.IndexIn(rest);
        return 1 + Math.Min(block < 0 ? rest.Length : block, mark < 0 ? rest.Length : mark);
    }

    private StoredBlock Take(int length)
    {
        var block = new StoredBlock(Position, _bytes.AsMemory(0, length));
        _bytes = _bytes[length..];
        Position += length;
        return block;
    }
}
