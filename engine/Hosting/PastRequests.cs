using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Hosting;

/// <summary>
/// The requests of runs, from the directory where a run made one, from its journal where it made several or failed. Start-up waits for it,
/// and the directory is read fast: journals are only of runs that may have asked a model that has limits.
/// </summary>
internal static class PastRequests
{
    private const int PageSize = 1_000;

    /// <param name="journal">Of all runs.</param>
    /// <param name="from">Of runs that were submitted then or later; Unix milliseconds.</param>
    /// <param name="hasLimits">Whether a model has any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<PastRequest>> ReadAsync(
        IRunJournal journal, long from, Func<string, bool> hasLimits, CancellationToken cancellationToken)
    {
        var requests = new List<PastRequest>();
        var query = new RunQuery { Tenant = null, From = from, Limit = PageSize };
        for (RunPage? page = null; page is null || page.Next is not null;)
        {
            page = await journal.ListAsync(query with { Before = page?.Next }, cancellationToken);
            foreach (var run in page.Runs)
            {
                if (run.Attempts == 0 || (run is { Leg: 0 or null, Fallbacks: 0 } && !hasLimits(run.Model)))
                {
                    continue;
                }

                if (run is { Attempts: 1, Fallbacks: 0, ErrorCode: null })
                {
                    requests.Add(Of(run));
                }
                else
                {
                    requests.AddRange(await OfJournalAsync(journal, run.Id, cancellationToken));
                }
            }
        }

        return requests;
    }

    private static async Task<IEnumerable<PastRequest>> OfJournalAsync(IRunJournal journal, RunId run, CancellationToken cancellationToken)
    {
        try
        {
            return Of(await JournaledState.ReadAsync(journal, run, cancellationToken));
        }
        catch (InvalidDataException)
        {
            // One run that can not be read must not keep the service down; whoever takes it up says so.
            return [];
        }
    }

    private static PastRequest Of(RunSummary run)
    {
        TokenCounts? used = run switch
        {
            { InputTokens: not null } or { OutputTokens: not null } => new TokenCounts { InputTokens = run.InputTokens, OutputTokens = run.OutputTokens },
            { Events: > 0 } => new TokenCounts { OutputTokens = run.Events },
            _ => null,
        };
        return new PastRequest(
            run.Model, run.Task, run.StartedAt ?? run.CreatedAt, run.FirstEventAt, run.EndedAt, used, IsRefused: false, SaidSpent: false);
    }

    private static IEnumerable<PastRequest> Of(RunState run) => run.Attempts.Select(attempt => new PastRequest(
        attempt.Model,
        run.Spec.Task,
        attempt.StartedAt,
        attempt.FirstEventAt,
        attempt.EndedAt,
        attempt.Used,
        attempt is { AttachedNumber: 0, Failure: { HostLost: false, Error: { Status: >= 400 } or { Code: ErrorCodes.GatewayError } } },
        attempt.Failure?.Error.UpstreamCode == ModelNeurons.AllocationSpent));
}
