using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Engine.Hosting;

/// <summary>What operators do, on one of the hosts that serve together.</summary>
internal sealed class RunOperations(RunHost host, RunDirectory directory, IElsewhere elsewhere, IOtherHosts others) : IOperations
{
    private readonly RunServices _services = host.Services;

    public RunChanges Changes => _services.Changes;

    public Task HearAsync(bool isWhole, CancellationToken cancellationToken) => others.HearAsync(isWhole, cancellationToken);

    public async ValueTask<RunOverview> OverviewAsync(StatQuestion question, CancellationToken cancellationToken)
    {
        var answers = await others.AskAsync(question, cancellationToken);
        var heard = answers.OfType<HostOverview>().ToList();
        var attention = heard.SelectMany(static one => one.Attention).Concat(host.Attention(question.Tenant))
            .OrderBy(static run => run.Since).Take(RunHost.MaxAttention);
        return new RunOverview(
            StatReport.Sum([_services.Statistics.Report(question), .. heard.Select(static one => one.Report)]),
            [.. attention],
            answers.Count + 1,
            answers.Count - heard.Count);
    }

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
            Trace = submitted.Trace,
        };
    }

    public async ValueTask<IAsyncEnumerable<EntryBatch>?> OpenJournalAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        await directory.FindAsync(tenant, id, cancellationToken) is null ? null : _services.Journal.ReadAsync(id, 1, cancellationToken);
}
