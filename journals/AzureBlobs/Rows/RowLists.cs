using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.AzureBlobs.Blobs;

namespace Orchestrator.Journals.AzureBlobs.Rows;

/// <summary>
/// The lists of runs, newest first: names by tenant, or the rows themselves for all tenants, and each row looked at. A search for what few
/// runs have reads many rows.
/// </summary>
internal sealed class RowLists(BlobStore store, RowBlobs rows)
{
    private const int MinLook = 32;

    public async Task<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var prefix = query.Tenant is { } tenant ? BlobNames.Tenant(tenant) : BlobNames.Rows;
        var after = query.BeforeId is { } before ? prefix + BlobNames.Newest(before) : null;
        var found = new List<RunSummary>();
        var waiting = new List<RunId>();
        await foreach (var blob in store.ListAsync(prefix, after, cancellationToken: cancellationToken))
        {
            var run = BlobNames.NewestRunOf(blob.Name);
            if (run < query.OldestId)
            {
                break;
            }

            waiting.Add(run);
            if (waiting.Count >= Math.Max(MinLook, query.Limit + 1))
            {
                await LookAsync();
                if (found.Count > query.Limit)
                {
                    break;
                }
            }
        }

        await LookAsync();
        var page = found.Take(query.Limit).ToList();
        return new RunPage(page, found.Count > query.Limit ? page[^1].Id : null);

        async Task LookAsync()
        {
            found.AddRange((await rows.FindAsync(waiting, cancellationToken)).Select(row => row.Summary).Where(query.Matches));
            waiting.Clear();
        }
    }
}
