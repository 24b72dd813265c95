namespace Orchestrator.Journals.Storage;

/// <param name="Number">The block's place in its segment, from 0 without gaps.</param>
/// <param name="Data">Valid until the enumeration moves on.</param>
internal readonly record struct StoredBlock(int Number, ReadOnlyMemory<byte> Data);
