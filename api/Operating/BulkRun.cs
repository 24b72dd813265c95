using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Operating;

/// <summary>Does something to each of many runs.</summary>
/// <param name="runs">Where they are.</param>
/// <param name="request">Which.</param>
/// <param name="act">What; answers the outcome.</param>
internal sealed class BulkRun(IRuns runs, BulkRequest request, Func<RunId, CancellationToken, Task<string>> act)
{
    /// <summary>What is counted for a filter, and no more: so many runs are looked at in about a second.</summary>
    public const int MaxCounted = 100_000;

    /// <summary>Each waits for the journal; together they share its commits.</summary>
    private const int AtOnce = 32;

    public async Task<BulkAnswer> RunAsync(CancellationToken cancellationToken)
    {
        if (request.Filter is { } filter)
        {
            // None of the statuses that were asked for can be acted on.
            if (filter.Statuses.Count == 0)
            {
                return new BulkAnswer(0, [], false);
            }

            if (request.DryRun)
            {
                return await CountAsync(filter, cancellationToken);
            }

            var page = await runs.ListAsync(filter, cancellationToken);
            return new BulkAnswer(page.Runs.Count, await ActAsync([.. page.Runs.Select(static run => run.Id.ToString())], cancellationToken), page.Next is not null);
        }

        var ids = request.Ids!;
        return new BulkAnswer(ids.Count, request.DryRun ? [] : await ActAsync(ids, cancellationToken), false);
    }

    private async Task<BulkAnswer> CountAsync(RunQuery filter, CancellationToken cancellationToken)
    {
        var count = 0;
        RunId? before = null;
        do
        {
            var page = await runs.ListAsync(filter with { Before = before }, cancellationToken);
            count += page.Runs.Count;
            before = page.Next;
        }
        while (before is not null && count < MaxCounted);

        return new BulkAnswer(count, [], before is not null);
    }

    private async Task<BulkResult[]> ActAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var results = new BulkResult[ids.Count];
        await Parallel.ForAsync(
            0, ids.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, token) => results[index] = await ActAsync(ids[index], token));
        return results;
    }

    /// <summary>What fails for one must not hide what was done to the others.</summary>
    private async Task<BulkResult> ActAsync(string id, CancellationToken cancellationToken)
    {
        if (!RunId.TryParse(id, out var run))
        {
            return new BulkResult(id, "not-found");
        }

        try
        {
            return new BulkResult(id, await act(run, cancellationToken));
        }
        catch (JournalUnavailableException)
        {
            return new BulkResult(id, null, "The journal can not be written or read at present: try again.");
        }
    }
}
