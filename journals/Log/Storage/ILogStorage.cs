namespace Orchestrator.Journals.Storage;

/// <summary>The writers' logs: segments of blocks, which are known by the byte of the segment that they begin at.</summary>
internal interface ILogStorage
{
    /// <summary>After so many blocks a segment is full, however small they are.</summary>
    int MaxBlocksPerSegment { get; }

    /// <summary>Registers an empty segment: from now on it is listed.</summary>
    ValueTask CreateSegmentAsync(SegmentId segment);

    /// <summary>When it returns, nothing can be appended to these segments any more. Segments that are sealed or gone do not matter.</summary>
    ValueTask SealAsync(IReadOnlyList<SegmentId> segments);

    /// <summary>All segments that were not dropped, of all writers.</summary>
    ValueTask<IReadOnlyList<SegmentInfo>> ListSegmentsAsync(CancellationToken cancellationToken);

    /// <summary>The blocks from a position on, in order, to the last one there is. Nothing where the segment was dropped.</summary>
    IAsyncEnumerable<StoredBlock> ReadBlocksAsync(SegmentId segment, int from, CancellationToken cancellationToken);

    /// <summary>
    /// Pieces of blocks, in the order in which they are asked for, in as few round trips as the store can: the caller sees to it that they
    /// are not too many. Null in the place of each whose segment was dropped; a segment can go between one piece and the next.
    /// </summary>
    ValueTask<IReadOnlyList<byte[]?>> ReadPiecesAsync(IReadOnlyList<BlockPiece> pieces, CancellationToken cancellationToken);

    /// <summary>Removes a segment: for readers at once and as a whole, its storage soon after.</summary>
    ValueTask DropSegmentAsync(SegmentId segment);
}
