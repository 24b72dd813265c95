using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Storage;

/// <summary>The runs' own files: what was compacted out of the log.</summary>
internal interface IRunFileStorage
{
    /// <summary>
    /// Writes chunks, in any order. One whose key is there already is left as it is; one whose run has no row in the directory is left
    /// out. They need not be durable before the next <see cref="ILogStorage.DropSegmentAsync"/> is.
    /// </summary>
    ValueTask WriteChunksAsync(IReadOnlyList<RunChunk> chunks, CancellationToken cancellationToken);

    /// <summary>The chunk that holds an entry; null where there is none.</summary>
    ValueTask<byte[]?> ReadChunkAsync(RunId run, long number, CancellationToken cancellationToken);

    /// <summary>The chunk with the greatest <see cref="RunChunk.CheckpointSeq"/> that is at most <paramref name="seq"/>.</summary>
    ValueTask<byte[]?> ReadChunkBySeqAsync(RunId run, long seq, CancellationToken cancellationToken);

    /// <summary>Per run, the number of the last entry in its chunks; 0 where it has none.</summary>
    ValueTask<IReadOnlyList<long>> FindLastNumbersAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken);
}
