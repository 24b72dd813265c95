namespace Orchestrator.Journals.Storage;

/// <param name="Id">Which segment.</param>
/// <param name="Sealed">Nothing can be appended to it any more.</param>
/// <param name="Size">Rises with every block, in whatever unit the storage has at hand.</param>
internal readonly record struct SegmentInfo(SegmentId Id, bool Sealed, long Size);
