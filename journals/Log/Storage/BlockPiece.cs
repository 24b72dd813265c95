namespace Orchestrator.Journals.Storage;

/// <summary>Bytes of a block: where it begins in its segment, and an offset and a length in the block.</summary>
internal readonly record struct BlockPiece(SegmentId Segment, int Position, int Offset, int Length);
