using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Hosting;

/// <summary>The journal's directory as one tenant sees it.</summary>
internal sealed class RunDirectory(IRunJournal journal)
{
    /// <summary>Null: there is no such run, or it is another tenant's.</summary>
    public async ValueTask<RunSummary?> FindAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        await journal.FindAsync(id, cancellationToken) is { } summary && summary.Tenant == tenant ? summary : null;

    public async ValueTask<DeleteOutcome> DeleteAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, id, cancellationToken) is not { } summary)
        {
            return DeleteOutcome.NotFound;
        }

        if (!summary.Status.IsEnded())
        {
            return DeleteOutcome.Active;
        }

        return await journal.DeleteAsync(id, cancellationToken) ? DeleteOutcome.Deleted : DeleteOutcome.NotFound;
    }

    /// <summary>Removes what ended before that time; answers how many.</summary>
    public async Task<int> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        for (int batch; (batch = await journal.ExpireAsync(before, 100, cancellationToken)) > 0;)
        {
            removed += batch;
        }

        return removed;
    }
}
