using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Engine.Hosting;

/// <summary>What operators do, of a host and of what it knows of others.</summary>
internal sealed class RunOperations(RunHost host, RunDirectory directory, IElsewhere elsewhere) : IOperations
{
    private const int MaxAttention = 100;

    private readonly RunServices _services = host.Services;

    public RunChanges Changes => _services.Changes;

    public RunStatistics Statistics => _services.Statistics;

    public int Queued(string tenant) =>
        host.Active.Count(run => run.State.Tenant == tenant && run.Phase() is RunPhase.Queued or RunPhase.Waiting);

    public IReadOnlyList<RunAttention> Attention(string tenant) =>
    [
        .. host.Active.Where(run => run.State.Tenant == tenant).Select(static run => run.Attention()).OfType<RunAttention>()
            .OrderBy(static run => run.Since).Take(MaxAttention),
    ];

    public async ValueTask<StopOutcome> StopAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        var asked = host.Find(id) is { } run && run.State.Tenant == tenant ? run : null;
        if (asked is not null)
        {
            asked.Cancel();
            await asked.Completion.WaitAsync(cancellationToken);
        }

        var summary = await directory.FindAsync(tenant, id, cancellationToken);
        var isElsewhere = summary is { Status: var before } && !before.IsEnded();
        if (isElsewhere)
        {
            await elsewhere.CancelAsync(id, cancellationToken);
            summary = await directory.FindAsync(tenant, id, cancellationToken);
        }

        return summary switch
        {
            null => StopOutcome.NotFound,
            { Status: RunStatus.Cancelled } when asked is not null || isElsewhere => StopOutcome.Cancelled,
            { Status: var status } when status.IsEnded() => StopOutcome.AlreadyEnded,
            _ => StopOutcome.Active,
        };
    }

    public async ValueTask<Submission?> GetSubmissionAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(tenant, id, cancellationToken) is null
            || await RunViews.ReadSubmittedAsync(_services.Journal, id, cancellationToken) is not { } submitted)
        {
            return null;
        }

        return new Submission
        {
            Tenant = tenant,
            Spec = submitted.Spec,
            Inputs = submitted.Inputs,
            ExtraHeaders = SealedHeaders.Open(_services.Seal, submitted.Sealed),
        };
    }

    public async ValueTask<IAsyncEnumerable<EntryBatch>?> OpenJournalAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        await directory.FindAsync(tenant, id, cancellationToken) is null ? null : _services.Journal.ReadAsync(id, 1, cancellationToken);
}
