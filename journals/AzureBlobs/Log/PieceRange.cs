using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs.Log;

/// <summary>Bytes of a segment that have some of the pieces that are asked for, and what lies between those: one request.</summary>
/// <param name="segment">Whose bytes.</param>
/// <param name="start">The first one's place in the segment.</param>
/// <param name="firstPiece">Which of the pieces is the first one in it.</param>
internal sealed class PieceRange(SegmentId segment, long start, int firstPiece)
{
    /// <summary>Less than this between two pieces is read along: a request takes as long as some hundred KiB do.</summary>
    private const int GapBytes = 64 << 10;

    private const int MaxBytes = 1 << 20;

    private int _count;

    public SegmentId Segment => segment;

    public long Start => start;

    public int Length { get; private set; }

    /// <summary>Ranges that have all of the pieces. Of pieces that do not go forward in their segment each has one of its own.</summary>
    public static List<PieceRange> Cover(IReadOnlyList<BlockPiece> pieces)
    {
        var ranges = new List<PieceRange>();
        for (var i = 0; i < pieces.Count; i++)
        {
            if (ranges is not [.., var last] || !last.TryAdd(pieces[i]))
            {
                ranges.Add(new PieceRange(pieces[i].Segment, StartOf(pieces[i]), i) { Length = pieces[i].Length, _count = 1 });
            }
        }

        return ranges;
    }

    /// <summary>Gives each of its pieces its bytes; null where the segment is gone, too few where it ends before them.</summary>
    /// <param name="bytes">Of the range; null where the segment is gone.</param>
    /// <param name="pieces">All that are asked for.</param>
    /// <param name="read">Their bytes, by the same index.</param>
    public void Cut(byte[]? bytes, IReadOnlyList<BlockPiece> pieces, byte[]?[] read)
    {
        for (var i = firstPiece; i < firstPiece + _count; i++)
        {
            var from = (int)(StartOf(pieces[i]) - start);
            read[i] = bytes is null ? null : bytes[Math.Min(from, bytes.Length)..Math.Min(from + pieces[i].Length, bytes.Length)];
        }
    }

    private static long StartOf(BlockPiece piece) => (long)piece.Position + piece.Offset;

    private bool TryAdd(BlockPiece piece)
    {
        var gap = StartOf(piece) - (start + Length);
        if (piece.Segment != segment || gap is < 0 or > GapBytes || Length + gap + piece.Length > MaxBytes)
        {
            return false;
        }

        Length += (int)gap + piece.Length;
        _count++;
        return true;
    }
}
