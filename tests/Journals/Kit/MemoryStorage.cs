using System.Runtime.CompilerServices;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>The smallest storage that keeps the port's promises, with or without transactions between log and directory.</summary>
internal sealed class MemoryStorage(MemoryStore store, bool isAtomic) : IJournalStorage
{
    /// <summary>Called between the steps of a commit that is not atomic.</summary>
    public Func<string, ValueTask>? Step { get; set; }

    public bool IsAtomic => isAtomic;

    public int MaxBlocksPerSegment => 1000;

    public async ValueTask<CommitOutcome> CommitAsync(JournalCommit commit)
    {
        await Task.Yield();
        lock (store)
        {
            if (!commit.Block.IsEmpty && Sealed(commit.Segment))
            {
                return new CommitOutcome(CommitStatus.Sealed);
            }

            var conflicts = commit.Creations.Select(Conflict).OfType<CreationConflict>().ToList();
            if (conflicts.Count > 0)
            {
                return new CommitOutcome(CommitStatus.Conflict, conflicts);
            }

            AddRows(commit);
            if (isAtomic)
            {
                AddBlock(commit);
                UpdateRows(commit);
                return new CommitOutcome(CommitStatus.Committed);
            }
        }

        await PassAsync("rows written");
        lock (store)
        {
            if (!commit.Block.IsEmpty && Sealed(commit.Segment))
            {
                RemoveRows(commit);
                return new CommitOutcome(CommitStatus.Sealed);
            }

            AddBlock(commit);
        }

        await PassAsync("block written");
        lock (store)
        {
            UpdateRows(commit);
        }

        return new CommitOutcome(CommitStatus.Committed);
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CreateSegmentAsync(SegmentId segment)
    {
        lock (store)
        {
            store.Segments.Add(segment, new MemoryStore.MemorySegment());
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask SealAsync(IReadOnlyList<SegmentId> segments)
    {
        lock (store)
        {
            foreach (var id in segments)
            {
                if (store.Segments.TryGetValue(id, out var segment))
                {
                    segment.Sealed = true;
                }
            }

            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<IReadOnlyList<SegmentInfo>> ListSegmentsAsync(CancellationToken cancellationToken)
    {
        lock (store)
        {
            return ValueTask.FromResult<IReadOnlyList<SegmentInfo>>(
                [.. store.Segments.Select(segment => new SegmentInfo(segment.Key, segment.Value.Sealed, segment.Value.Blocks.Count))]);
        }
    }

    public async IAsyncEnumerable<StoredBlock> ReadBlocksAsync(
        SegmentId segment, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        List<KeyValuePair<int, byte[]>> blocks;
        lock (store)
        {
            blocks = store.Segments.TryGetValue(segment, out var found) ? [.. found.Blocks.Where(block => block.Key >= from)] : [];
        }

        foreach (var (position, data) in blocks)
        {
            yield return new StoredBlock(position, data);
        }
    }

    public ValueTask<IReadOnlyList<byte[]?>> ReadPiecesAsync(IReadOnlyList<BlockPiece> pieces, CancellationToken cancellationToken)
    {
        lock (store)
        {
            return ValueTask.FromResult<IReadOnlyList<byte[]?>>(
            [
                .. pieces.Select(piece => store.Segments.TryGetValue(piece.Segment, out var found)
                    ? found.Blocks[piece.Position].AsSpan(piece.Offset, piece.Length).ToArray()
                    : null),
            ]);
        }
    }

    public ValueTask DropSegmentAsync(SegmentId segment)
    {
        lock (store)
        {
            store.Segments.Remove(segment);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask WriteChunksAsync(IReadOnlyList<RunChunk> chunks, CancellationToken cancellationToken)
    {
        lock (store)
        {
            foreach (var chunk in chunks.Where(chunk => store.Rows.ContainsKey(chunk.Run)))
            {
                if (!store.Chunks.TryGetValue(chunk.Run, out var file))
                {
                    file = [];
                    store.Chunks.Add(chunk.Run, file);
                }

                file.TryAdd(chunk.FirstNumber, chunk with { Data = chunk.Data.ToArray() });
            }

            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<byte[]?> ReadChunkAsync(RunId run, long number, CancellationToken cancellationToken) =>
        Find(run, chunk => chunk.FirstNumber <= number, chunk => number < chunk.FirstNumber + chunk.Count);

    public ValueTask<byte[]?> ReadChunkBySeqAsync(RunId run, long seq, CancellationToken cancellationToken) =>
        Find(run, chunk => chunk.CheckpointSeq <= seq, _ => true);

    public ValueTask<IReadOnlyList<long>> FindLastNumbersAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken)
    {
        lock (store)
        {
            return ValueTask.FromResult<IReadOnlyList<long>>(
                [.. runs.Select(run => store.Chunks.TryGetValue(run, out var file) ? file.Values.Max(chunk => chunk.FirstNumber + chunk.Count - 1) : 0)]);
        }
    }

    public ValueTask<IReadOnlyList<RunClaim>> ClaimAsync(WriterId writer, IReadOnlyList<RunId> runs)
    {
        lock (store)
        {
            var claims = new List<RunClaim>();
            foreach (var run in runs)
            {
                if (store.Rows.TryGetValue(run, out var row) && !row.Summary.Status.IsEnded())
                {
                    row.Fence = row.Released ? row.Fence : [.. row.Fence.Append(row.Owner).Distinct()];
                    claims.Add(new RunClaim(run, ++row.Epoch, row.Owner, row.Fence));
                    (row.Owner, row.Released) = (writer, false);
                }
            }

            return ValueTask.FromResult<IReadOnlyList<RunClaim>>(claims);
        }
    }

    public ValueTask<IReadOnlyDictionary<RunId, long>> ListOwnedAsync(WriterId writer)
    {
        lock (store)
        {
            return ValueTask.FromResult<IReadOnlyDictionary<RunId, long>>(
                store.Rows.Where(row => row.Value.Owner == writer && !row.Value.Released && !row.Value.Summary.Status.IsEnded())
                    .ToDictionary(row => row.Key, row => row.Value.Epoch));
        }
    }

    public ValueTask<IReadOnlyList<RunSummary>> FindAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken)
    {
        lock (store)
        {
            return ValueTask.FromResult<IReadOnlyList<RunSummary>>(
                [.. runs.Where(store.Rows.ContainsKey).Select(run => store.Rows[run].Summary)]);
        }
    }

    public ValueTask<CreateOutcome.KeyTaken?> FindKeyAsync(string tenant, string key, CancellationToken cancellationToken)
    {
        lock (store)
        {
            return ValueTask.FromResult(store.Keys.GetValueOrDefault((tenant, key)));
        }
    }

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        lock (store)
        {
            var found = store.Rows.Values.Select(row => row.Summary)
                .Where(query.Matches)
                .Where(run => query.Before is null || run.Id < query.Before)
                .OrderByDescending(run => run.Id).Take(query.Limit + 1).ToList();
            var page = found.Take(query.Limit).ToList();
            return ValueTask.FromResult(new RunPage(page, found.Count > query.Limit ? page[^1].Id : null));
        }
    }

    public ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(Func<RunId, bool>? wanted, CancellationToken cancellationToken)
    {
        lock (store)
        {
            return ValueTask.FromResult<IReadOnlyList<RunId>>(
                [.. store.Rows.Where(row => !row.Value.Summary.Status.IsEnded()).Select(row => row.Key).Where(wanted ?? (static _ => true)).Order()]);
        }
    }

    public ValueTask<IReadOnlyList<RunId>> ListEndedAsync(long before, int limit, CancellationToken cancellationToken)
    {
        lock (store)
        {
            return ValueTask.FromResult<IReadOnlyList<RunId>>(
                [.. store.Rows.Values.Where(row => row.Summary.EndedAt < before).OrderBy(row => row.Summary.EndedAt).Select(row => row.Summary.Id).Take(limit)]);
        }
    }

    public ValueTask<IReadOnlyList<RunId>> DeleteAsync(IReadOnlyList<RunId> runs) =>
        RemoveAsync(runs, static (_, row) => row.Summary.Status.IsEnded());

    public ValueTask<IReadOnlyList<RunId>> DiscardAsync(WriterId owner, IReadOnlyDictionary<RunId, long> epochs) =>
        RemoveAsync(epochs.Keys, (run, row) => row.Owner == owner && row.Epoch == epochs[run] && !row.Summary.Status.IsEnded());

    private ValueTask<IReadOnlyList<RunId>> RemoveAsync(IEnumerable<RunId> runs, Func<RunId, MemoryStore.MemoryRow, bool> isMeant)
    {
        lock (store)
        {
            var deleted = runs.Where(run => store.Rows.TryGetValue(run, out var row) && isMeant(run, row)).ToList();
            foreach (var run in deleted)
            {
                if (store.Rows[run].Key is { } key)
                {
                    store.Keys.Remove((store.Rows[run].Summary.Tenant, key));
                }

                store.Rows.Remove(run);
                store.Chunks.Remove(run);
            }

            return ValueTask.FromResult<IReadOnlyList<RunId>>(deleted);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask PassAsync(string step) => Step?.Invoke(step) ?? ValueTask.CompletedTask;

    private bool Sealed(SegmentId id) => !store.Segments.TryGetValue(id, out var segment) || segment.Sealed;

    private CreationConflict? Conflict(NewRun run)
    {
        var id = run.Summary.Id;
        if (run.IdempotencyKey is { } key && store.Keys.TryGetValue((run.Summary.Tenant, key), out var taken))
        {
            return new CreationConflict(id, taken.Run, taken.RequestHash);
        }

        return store.Rows.ContainsKey(id) ? new CreationConflict(id, id, null) : null;
    }

    private void AddRows(JournalCommit commit)
    {
        foreach (var run in commit.Creations)
        {
            store.Rows.Add(run.Summary.Id, new MemoryStore.MemoryRow { Summary = run.Summary, Owner = commit.Writer, Key = run.IdempotencyKey });
            if (run.IdempotencyKey is { } key)
            {
                store.Keys.Add((run.Summary.Tenant, key), new CreateOutcome.KeyTaken(run.Summary.Id, run.RequestHash));
            }
        }
    }

    private void RemoveRows(JournalCommit commit)
    {
        foreach (var run in commit.Creations)
        {
            store.Rows.Remove(run.Summary.Id);
            if (run.IdempotencyKey is { } key)
            {
                store.Keys.Remove((run.Summary.Tenant, key));
            }
        }
    }

    private void AddBlock(JournalCommit commit)
    {
        if (!commit.Block.IsEmpty)
        {
            var blocks = store.Segments[commit.Segment].Blocks;
            Assert.Equal(blocks.Sum(block => block.Value.Length), commit.Position);
            blocks.Add(commit.Position, commit.Block.ToArray());
        }
    }

    private void UpdateRows(JournalCommit commit)
    {
        foreach (var summary in commit.Summaries)
        {
            if (store.Rows.TryGetValue(summary.Id, out var row))
            {
                row.Summary = summary;
                row.Fence = row.Owner == commit.Writer ? [] : row.Fence;
            }
        }

        foreach (var release in commit.Releases)
        {
            if (store.Rows.TryGetValue(release.Run, out var row) && row.Owner == commit.Writer && row.Epoch == release.Epoch)
            {
                row.Released = true;
                row.Fence = [];
            }
        }
    }

    private ValueTask<byte[]?> Find(RunId run, Func<RunChunk, bool> at, Func<RunChunk, bool> holds)
    {
        lock (store)
        {
            var chunk = store.Chunks.TryGetValue(run, out var file) ? file.Values.LastOrDefault(at) : null;
            return ValueTask.FromResult(chunk is not null && holds(chunk) ? chunk.Data.ToArray() : null);
        }
    }
}
