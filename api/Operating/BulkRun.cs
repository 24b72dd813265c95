using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Operating;

/// <summary>Does something to each of many runs.</summary>
/// <param name="runs">Where they are.</param>
/// <param name="request">Which.</param>
/// <param name="act">What; answers the outcome.</param>
/// <param name="clock">For the time that a call may take.</param>
internal sealed class BulkRun(IRuns runs, BulkRequest request, Func<RunId, CancellationToken, Task<string>> act, TimeProvider clock)
{
    /// <summary>So many runs are meant by a filter at most: those that nothing can be done to must not keep a call from those behind them.</summary>
    public const int MaxMeant = 10 * BulkParser.MaxRuns;

    /// <summary>What is counted for a filter, and no more: so many runs are looked at in about a second.</summary>
    public const int MaxCounted = 100_000;

    /// <summary>Each waits for the journal; together they share its commits.</summary>
    private const int AtOnce = 32;

    /// <summary>After it no further page is begun: callers wait for an answer for half a minute or so.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);

    public async Task<BulkAnswer> RunAsync(CancellationToken cancellationToken)
    {
        if (request.Filter is { } filter)
        {
            // None of the statuses that were asked for can be acted on.
            if (filter.Statuses.Count == 0)
            {
                return new BulkAnswer(0, [], null);
            }

            return request.DryRun ? await CountAsync(filter, cancellationToken) : await ActAsync(filter, cancellationToken);
        }

        var ids = request.Ids!;
        return new BulkAnswer(ids.Count, request.DryRun ? [] : await ActAsync(ids, cancellationToken), null);
    }

    /// <summary>Page by page, until so many are done as a call may do, or it has gone on for long enough.</summary>
    private async Task<BulkAnswer> ActAsync(RunQuery filter, CancellationToken cancellationToken)
    {
        var results = new List<BulkResult>();
        var began = clock.GetTimestamp();
        var done = 0;
        RunId? next;
        do
        {
            var page = await runs.ListAsync(filter, cancellationToken);
            var some = await ActAsync([.. page.Runs.Select(static run => run.Id.ToString())], cancellationToken);
            results.AddRange(some);
            done += some.Count(static result => result.IsDone);
            next = page.Next;
            filter = filter with { Before = next, Limit = Math.Min(BulkParser.MaxRuns, Math.Max(1, BulkParser.MaxRuns - done)) };
        }
        while (next is not null && done < BulkParser.MaxRuns && results.Count < MaxMeant && clock.GetElapsedTime(began) < LongEnough);

        return new BulkAnswer(results.Count, results, next);
    }

    private async Task<BulkAnswer> CountAsync(RunQuery filter, CancellationToken cancellationToken)
    {
        var count = 0;
        var before = filter.Before;
        do
        {
            var page = await runs.ListAsync(filter with { Before = before }, cancellationToken);
            count += page.Runs.Count;
            before = page.Next;
        }
        while (before is not null && count < MaxCounted);

        return new BulkAnswer(count, [], before);
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
