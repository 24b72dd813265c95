using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Storage;

/// <summary>Consecutive entries of one run, moved out of the log into the run's own file.</summary>
/// <param name="Run">Whose entries.</param>
/// <param name="FirstNumber">The number of the first entry; with the run, the chunk's key.</param>
/// <param name="Count">How many entries.</param>
/// <param name="CheckpointSeq">The <c>Seq</c> of the first checkpoint in it; null where it has none.</param>
/// <param name="Data">The chunk, encoded.</param>
internal sealed record RunChunk(RunId Run, long FirstNumber, int Count, long? CheckpointSeq, ReadOnlyMemory<byte> Data);
