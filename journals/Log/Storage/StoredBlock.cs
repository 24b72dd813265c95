namespace Orchestrator.Journals.Storage;

/// <param name="Position">Where the block begins in its segment, in bytes: where the one before it ends.</param>
/// <param name="Data">Valid until the enumeration moves on.</param>
internal readonly record struct StoredBlock(int Position, ReadOnlyMemory<byte> Data);
