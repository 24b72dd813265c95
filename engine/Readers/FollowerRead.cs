using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Readers;

/// <param name="Kind">With <see cref="ReaderReadKind.Data"/> there is a batch.</param>
/// <param name="Batch">Has the entry <paramref name="From"/>, perhaps not as its first.</param>
/// <param name="Hot">The batch's place in memory, if it came from there.</param>
/// <param name="From">The number of the first entry that is new.</param>
internal readonly record struct FollowerRead(ReaderReadKind Kind, EntryBatch? Batch, TailBatch? Hot, long From);
