using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.AzureBlobs.Blobs;
using Orchestrator.Journals.AzureBlobs.Files;
using Orchestrator.Journals.AzureBlobs.Log;
using Orchestrator.Journals.AzureBlobs.Rows;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs;

/// <summary>The storage in a container of Azure Blob Storage. There are no transactions: a commit is rows, then block, then ends and releases.</summary>
internal sealed class AzureBlobsStorage : IJournalStorage
{
    private const int AtOnce = 32;

    private readonly BlobStore _store;
    private readonly LogBlobs _log;
    private readonly KeyBlobs _keys;
    private readonly RowBlobs _rows;
    private readonly RowLists _lists;
    private readonly ChunkBlobs _chunks;

    private AzureBlobsStorage(BlobStore store)
    {
        _store = store;
        _log = new LogBlobs(store);
        _keys = new KeyBlobs(store);
        _rows = new RowBlobs(store, _keys);
        _lists = new RowLists(store, _rows);
        _chunks = new ChunkBlobs(store, _rows);
    }

    public bool IsAtomic => false;

    public int MaxBlocksPerSegment => LogBlobs.MaxBlocks;

    public static async Task<AzureBlobsStorage> OpenAsync(AzureBlobsJournalOptions options)
    {
        var store = new BlobStore(options);
        await store.EnsureAsync();
        return new AzureBlobsStorage(store);
    }

    public async ValueTask<CommitOutcome> CommitAsync(JournalCommit commit)
    {
        if (commit.Creations.Count > 0)
        {
            var refused = await TryCreateAsync(commit);
            if (refused is not null)
            {
                return refused.Value;
            }
        }

        if (!commit.Block.IsEmpty && await AppendAsync(commit) is { Status: not CommitStatus.Committed } outcome)
        {
            return outcome;
        }

        try
        {
            await ForEachAsync(commit.Summaries, summary => _rows.UpdateAsync(commit.Writer, summary));
            await ForEachAsync(commit.Releases, release => _rows.ReleaseAsync(commit.Writer, release));
        }
        catch (JournalUnavailableException e)
        {
            // The block is there: whoever reads it finds the ends in it.
            return new CommitOutcome(CommitStatus.InDoubt, Reason: e.Message);
        }

        return new CommitOutcome(CommitStatus.Committed);
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        var name = $"probe/{Guid.NewGuid():N}";
        await _store.PutAsync(name, new byte[64 << 10]);
        await _store.DeleteAsync(name);
    }

    public async ValueTask CreateSegmentAsync(SegmentId segment) => await _log.CreateAsync(segment);

    public async ValueTask SealAsync(IReadOnlyList<SegmentId> segments) => await ForEachAsync(segments, _log.SealAsync);

    public async ValueTask<IReadOnlyList<SegmentInfo>> ListSegmentsAsync(CancellationToken cancellationToken) => await _log.ListAsync(cancellationToken);

    public IAsyncEnumerable<StoredBlock> ReadBlocksAsync(SegmentId segment, int from, CancellationToken cancellationToken) =>
        _log.ReadAsync(segment, from, cancellationToken);

    public async ValueTask<IReadOnlyList<byte[]?>> ReadPiecesAsync(IReadOnlyList<BlockPiece> pieces, CancellationToken cancellationToken)
    {
        var read = new byte[]?[pieces.Count];
        await Parallel.ForEachAsync(
            PieceRange.Cover(pieces), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (range, stop) => range.Cut(await _log.ReadRangeAsync(range.Segment, range.Start, range.Length, stop), pieces, read));
        return read;
    }

    public async ValueTask DropSegmentAsync(SegmentId segment) => await _log.DropAsync(segment);

    public async ValueTask WriteChunksAsync(IReadOnlyList<RunChunk> chunks, CancellationToken cancellationToken) =>
        await _chunks.WriteAsync(chunks, cancellationToken);

    public async ValueTask<byte[]?> ReadChunkAsync(RunId run, long number, CancellationToken cancellationToken) =>
        await _chunks.FindAsync(run, chunk => chunk.FirstNumber <= number && number <= chunk.LastNumber, cancellationToken);

    public async ValueTask<byte[]?> ReadChunkBySeqAsync(RunId run, long seq, CancellationToken cancellationToken) =>
        await _chunks.FindAsync(run, chunk => chunk.CheckpointSeq <= seq, cancellationToken);

    public async ValueTask<IReadOnlyList<long>> FindLastNumbersAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken)
    {
        var last = new long[runs.Count];
        await Parallel.ForAsync(
            0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, stop) => last[i] = await _chunks.FindLastNumberAsync(runs[i], stop));
        return last;
    }

    public async ValueTask<IReadOnlyList<RunClaim>> ClaimAsync(WriterId writer, IReadOnlyList<RunId> runs)
    {
        var claims = new RunClaim?[runs.Count];
        await Parallel.ForAsync(
            0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => claims[i] = await _rows.ClaimAsync(writer, runs[i]));
        return [.. claims.OfType<RunClaim>()];
    }

    public async ValueTask<IReadOnlyDictionary<RunId, long>> ListOwnedAsync(WriterId writer) => await _rows.ListOwnedAsync(writer);

    public async ValueTask<IReadOnlyList<RunSummary>> FindAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        [.. (await _rows.FindAsync(runs, cancellationToken)).Select(row => row.Summary)];

    public async ValueTask<CreateOutcome.KeyTaken?> FindKeyAsync(string tenant, string key, CancellationToken cancellationToken) =>
        await _keys.FindAsync(tenant, key, cancellationToken);

    public async ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) => await _lists.ListAsync(query, cancellationToken);

    public async ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(Func<RunId, bool>? wanted, CancellationToken cancellationToken) =>
        [.. (await _rows.ListUnfinishedAsync(wanted, cancellationToken)).Select(static row => row.Summary.Id)];

    public async ValueTask<IReadOnlyList<RunId>> ListEndedAsync(long before, int limit, CancellationToken cancellationToken) =>
        await _rows.ListEndedAsync(before, limit, cancellationToken);

    public async ValueTask<IReadOnlyList<RunId>> DeleteAsync(IReadOnlyList<RunId> runs)
    {
        var deleted = new List<RunId>();
        foreach (var run in runs)
        {
            if (await _rows.DeleteAsync(run))
            {
                deleted.Add(run);
                await _chunks.DeleteAsync(run);
            }
        }

        return deleted;
    }

    public async ValueTask<IReadOnlyList<RunId>> DiscardAsync(WriterId owner, IReadOnlyDictionary<RunId, long> epochs)
    {
        var discarded = new List<RunId>();
        foreach (var (run, epoch) in epochs)
        {
            if (await _rows.DiscardAsync(owner, run, epoch))
            {
                discarded.Add(run);
                await _chunks.DeleteAsync(run);
            }
        }

        return discarded;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Null where all rows and keys are there now; otherwise none is.</summary>
    private async Task<CommitOutcome?> TryCreateAsync(JournalCommit commit)
    {
        var conflicts = new CreationConflict?[commit.Creations.Count];
        try
        {
            await Parallel.ForAsync(
                0, conflicts.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (i, _) => conflicts[i] = await _rows.CreateAsync(commit.Writer, commit.Creations[i]));
        }
        catch (JournalUnavailableException e)
        {
            // Some may be there, and are removed when the doubt is settled.
            return new CommitOutcome(CommitStatus.InDoubt, Reason: e.Message);
        }

        if (conflicts.All(static conflict => conflict is null))
        {
            return null;
        }

        await RemoveAsync(commit.Writer, commit.Creations.Where((_, i) => conflicts[i] is null));
        return new CommitOutcome(CommitStatus.Conflict, [.. conflicts.OfType<CreationConflict>()]);
    }

    private async Task<CommitOutcome> AppendAsync(JournalCommit commit)
    {
        try
        {
            if (await _log.TryAppendAsync(commit.Segment, commit.Position, commit.Block))
            {
                return new CommitOutcome(CommitStatus.Committed);
            }
        }
        catch (Exception e) when (BlobFault.IsKnown(e))
        {
            return new CommitOutcome(CommitStatus.InDoubt, Reason: BlobFault.ToException(e, _store.Place).Message);
        }

        await RemoveAsync(commit.Writer, commit.Creations);
        return new CommitOutcome(CommitStatus.Sealed);
    }

    private Task RemoveAsync(WriterId writer, IEnumerable<NewRun> creations) =>
        ForEachAsync(creations, run => _rows.DiscardAsync(writer, run.Summary.Id, epoch: 1));

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> work) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (item, _) => await work(item));
}
