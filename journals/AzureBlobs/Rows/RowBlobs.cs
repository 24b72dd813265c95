using System.Collections.Concurrent;
using Azure.Storage.Blobs.Models;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.AzureBlobs.Blobs;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs.Rows;

/// <summary>
/// The directory's rows: a blob per run, changed by compare and set, and empty blobs beside it whose names are the lists that it is in. The
/// row is the truth: it is there from its making to its deletion, and a name without a row stands for nothing.
/// </summary>
internal sealed class RowBlobs(BlobStore store, KeyBlobs keys)
{
    private const int AtOnce = 32;

    /// <summary>What is in the way; null where the row is there now. Names come first: a run in no list would be forgotten.</summary>
    public async Task<CreationConflict?> CreateAsync(WriterId writer, NewRun run)
    {
        var summary = run.Summary;
        var row = new RunRow { Summary = summary, Owner = writer, Epoch = 1, Key = run.IdempotencyKey };
        if (await FindAsync(summary.Id, CancellationToken.None) is not null)
        {
            return new CreationConflict(summary.Id, summary.Id, null);
        }

        await Task.WhenAll(store.PutAsync(BlobNames.TenantRun(summary.Tenant, summary.Id), default), AddNameAsync(summary));
        if (!await store.TryAddAsync(BlobNames.Row(summary.Id), RowCodec.Encode(row)))
        {
            return new CreationConflict(summary.Id, summary.Id, null);
        }

        if (run.IdempotencyKey is null || await keys.TakeAsync(run) is not { } taken)
        {
            return null;
        }

        await DiscardAsync(writer, summary.Id, epoch: 1);
        return new CreationConflict(summary.Id, taken.Run, taken.RequestHash);
    }

    public async Task<RunRow?> FindAsync(RunId run, CancellationToken cancellationToken) => (await GetAsync(run, cancellationToken))?.Row;

    /// <summary>The rows of those that are there, in their order.</summary>
    public async Task<List<RunRow>> FindAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken)
    {
        var found = new RunRow?[runs.Count];
        await Parallel.ForAsync(
            0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, stop) => found[i] = await FindAsync(runs[i], stop));
        return [.. found.OfType<RunRow>()];
    }

    public async Task<HashSet<RunId>> ThereAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        [.. (await FindAsync(runs, cancellationToken)).Select(row => row.Summary.Id)];

    /// <summary>Replaces the summary. An end takes its name first: a run that is in both lists is found by its row, one in none by nobody.</summary>
    public async Task UpdateAsync(WriterId writer, RunSummary summary)
    {
        if (summary.Status.IsEnded())
        {
            await AddNameAsync(summary);
        }

        var changed = await ChangeAsync(summary.Id, row => row with { Summary = summary, Fence = row.Owner == writer ? [] : row.Fence });
        if (summary.Status.IsEnded())
        {
            await store.DeleteAsync(changed is null ? EndedName(summary) : BlobNames.UnfinishedRun(summary.Id));
        }
    }

    public Task ReleaseAsync(WriterId writer, RunRelease release) => ChangeAsync(
        release.Run, row => row.Owner == writer && row.Epoch == release.Epoch ? row with { Released = true, Fence = [] } : null);

    public async Task<RunClaim?> ClaimAsync(WriterId writer, RunId run)
    {
        RunClaim? claim = null;
        await ChangeAsync(run, row =>
        {
            claim = null;
            if (row.Summary.Status.IsEnded())
            {
                return null;
            }

            IReadOnlyList<WriterId> fence = row.Released || row.Fence.Contains(row.Owner) ? row.Fence : [.. row.Fence, row.Owner];
            claim = new RunClaim(run, row.Epoch + 1, row.Owner, fence);
            return row with { Owner = writer, Epoch = row.Epoch + 1, Released = false, Fence = fence };
        });
        if (claim is null)
        {
            // It has ended, or was never made, and its name is what a crash left.
            await store.DeleteAsync(BlobNames.UnfinishedRun(run));
        }

        return claim;
    }

    public async Task<IReadOnlyList<RunRow>> ListUnfinishedAsync(Func<RunId, bool>? wanted, CancellationToken cancellationToken)
    {
        var runs = new List<RunId>();
        await foreach (var blob in store.ListAsync(BlobNames.Unfinished, cancellationToken: cancellationToken))
        {
            var run = BlobNames.RunOf(blob.Name);
            if (wanted?.Invoke(run) != false)
            {
                runs.Add(run);
            }
        }

        return [.. (await FindAsync(runs, cancellationToken)).Where(static row => !row.Summary.Status.IsEnded())];
    }

    public async Task<IReadOnlyDictionary<RunId, long>> ListOwnedAsync(WriterId writer) =>
        (await ListUnfinishedAsync(wanted: null, CancellationToken.None))
            .Where(row => row.Owner == writer && !row.Released)
            .ToDictionary(static row => row.Summary.Id, static row => row.Epoch);

    /// <summary>Names that a crash left without a row are removed on the way.</summary>
    public async Task<IReadOnlyList<RunId>> ListEndedAsync(long before, int limit, CancellationToken cancellationToken)
    {
        var ended = new List<RunId>();
        await foreach (var blob in store.ListAsync(BlobNames.Ended, cancellationToken: cancellationToken))
        {
            if (BlobNames.EndedTime(blob.Name) >= before || ended.Count == limit)
            {
                break;
            }

            var row = await FindAsync(BlobNames.RunOf(blob.Name), cancellationToken);
            if (row is null)
            {
                await store.DeleteAsync(blob.Name);
            }
            else if (row.Summary.Status.IsEnded())
            {
                ended.Add(row.Summary.Id);
            }
        }

        return ended;
    }

    /// <summary>Whether it was there, and had ended.</summary>
    public Task<bool> DeleteAsync(RunId run) => RemoveAsync(run, static row => row.Summary.Status.IsEnded());

    /// <summary>Whether it was there, and still the writer's.</summary>
    public Task<bool> DiscardAsync(WriterId owner, RunId run, long epoch) =>
        RemoveAsync(run, row => row.Owner == owner && row.Epoch == epoch && !row.Summary.Status.IsEnded());

    private async Task<bool> RemoveAsync(RunId run, Func<RunRow, bool> isMeant)
    {
        while (await GetAsync(run, CancellationToken.None) is { } found)
        {
            if (!isMeant(found.Row))
            {
                return false;
            }

            if (await store.DeleteAsync(BlobNames.Row(run), found.Blob.Tag))
            {
                await RemoveNamesAsync(found.Row);
                return true;
            }
        }

        return false;
    }

    private static string EndedName(RunSummary summary) => BlobNames.EndedRun(summary.EndedAt ?? summary.CreatedAt, summary.Id);

    private Task AddNameAsync(RunSummary summary) =>
        store.PutAsync(summary.Status.IsEnded() ? EndedName(summary) : BlobNames.UnfinishedRun(summary.Id), default);

    private async Task RemoveNamesAsync(RunRow row)
    {
        var summary = row.Summary;
        await Task.WhenAll(
            store.DeleteAsync(BlobNames.TenantRun(summary.Tenant, summary.Id)),
            store.DeleteAsync(BlobNames.UnfinishedRun(summary.Id)),
            store.DeleteAsync(EndedName(summary)));
        if (row.Key is { } key)
        {
            await keys.FreeAsync(summary.Tenant, key, summary.Id);
        }
    }

    private async Task<(StoredBlob Blob, RunRow Row)?> GetAsync(RunId run, CancellationToken cancellationToken) =>
        await store.FindAsync(BlobNames.Row(run), cancellationToken) is { } blob ? (blob, RowCodec.Decode(blob.Data.Span)) : null;

    /// <summary>Compare and set, until it holds. Null where there is no row; a change of null leaves it.</summary>
    private async Task<RunRow?> ChangeAsync(RunId run, Func<RunRow, RunRow?> change)
    {
        while (await GetAsync(run, CancellationToken.None) is { } found)
        {
            if (change(found.Row) is not { } changed)
            {
                return found.Row;
            }

            if (await store.TryReplaceAsync(BlobNames.Row(run), RowCodec.Encode(changed), found.Blob.Tag))
            {
                return changed;
            }
        }

        return null;
    }
}
