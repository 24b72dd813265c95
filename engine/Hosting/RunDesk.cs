using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Hosting;

/// <summary>What is asked of runs that there are already, wherever they are: all of <see cref="IRuns"/> but the submission.</summary>
internal sealed class RunDesk
{
    private readonly RunHost _host;
    private readonly RunServices _services;
    private readonly IElsewhere _elsewhere;
    private readonly EngineOptions _options;

    public RunDesk(RunHost host, IElsewhere elsewhere, EngineOptions options)
    {
        _host = host;
        _services = host.Services;
        _elsewhere = elsewhere;
        _options = options;
        Directory = new RunDirectory(_services.Journal);
        Readers = new RunReaders(host, Directory, elsewhere, options);
    }

    public RunDirectory Directory { get; }

    public RunReaders Readers { get; }

    public async ValueTask<RunView?> GetAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        if (_host.Find(id) is { } run)
        {
            return run.State.Tenant == tenant ? await run.ViewAsync(cancellationToken) : null;
        }

        if (await Directory.FindAsync(tenant, id, cancellationToken) is not { } summary)
        {
            return null;
        }

        var view = await RunViews.ReadAsync(_services.Journal, id, cancellationToken);

        // An ended run without its end has been deleted while it was read.
        return summary.Status.IsEnded() && view?.Status.IsEnded() == false ? null : view;
    }

    public async ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var page = await _services.Journal.ListAsync(query, cancellationToken);

        // The directory has a run's start and its end; what is between is known where the run is worked on.
        return page with { Runs = [.. page.Runs.Select(run => _host.Find(run.Id)?.Summarize() ?? run)] };
    }

    public async ValueTask<RunView?> CancelAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        if (_host.Find(id) is { } run && run.State.Tenant == tenant)
        {
            run.Cancel();
            await run.Completion.WaitAsync(cancellationToken);
        }

        var view = await GetAsync(tenant, id, cancellationToken);
        if (view is null || view.Status.IsEnded())
        {
            return view;
        }

        // It was never here, or it left before the cancel was durable.
        await _elsewhere.CancelAsync(id, cancellationToken);
        return await GetAsync(tenant, id, cancellationToken);
    }

    public async ValueTask<DeleteOutcome> DeleteAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        var outcome = await Directory.DeleteAsync(tenant, id, cancellationToken);
        if (outcome == DeleteOutcome.Deleted)
        {
            _services.Changes.Deleted(id, tenant);
        }

        return outcome;
    }

    public async ValueTask<bool> WaitForEndAsync(string tenant, RunId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (_host.Find(id) is not { } run)
        {
            var summary = await Directory.FindAsync(tenant, id, cancellationToken);
            if (summary is { Status: var status } && !status.IsEnded())
            {
                await _elsewhere.WaitForEndAsync(id, wait, cancellationToken);
            }

            return summary is not null;
        }

        if (run.State.Tenant != tenant)
        {
            return false;
        }

        try
        {
            await run.Completion.WaitAsync(wait, _services.Clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The caller sees by the run's status that it has not ended.
        }

        return true;
    }

    public async ValueTask<LogReply?> GetLogAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        var view = await GetAsync(tenant, id, cancellationToken);
        return LogIdOf(view) is { } logId
            ? await _services.Gateway.GetLogAsync(view!.Spec.Gateway.Id, logId, cancellationToken)
            : null;
    }

    public async ValueTask<FeedbackOutcome> SendFeedbackAsync(string tenant, RunId id, LogPatch patch, CancellationToken cancellationToken)
    {
        var view = await GetAsync(tenant, id, cancellationToken);
        if (view is null)
        {
            return new FeedbackOutcome.NoRun();
        }

        if (LogIdOf(view) is not { } logId)
        {
            return new FeedbackOutcome.NoLog();
        }

        var error = await _services.Gateway.PatchLogAsync(view.Spec.Gateway.Id, logId, patch, cancellationToken);
        return error is null ? new FeedbackOutcome.Sent() : new FeedbackOutcome.Refused(error);
    }

    /// <summary>What a submission is answered with whose idempotency key is taken.</summary>
    public async ValueTask<SubmitOutcome> RepeatedAsync(CreateOutcome.KeyTaken taken, Submission submission, CancellationToken cancellationToken)
    {
        if (taken.RequestHash != submission.RequestHash)
        {
            return new SubmitOutcome.KeyConflict(taken.Run);
        }

        var view = await GetAsync(submission.Tenant, taken.Run, cancellationToken);
        return view is null ? new SubmitOutcome.KeyConflict(taken.Run) : new SubmitOutcome.Repeated(view);
    }

    /// <summary>Removes runs that are older than the retention; answers how many.</summary>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken) => _options.Retention is { } retention
        ? await Directory.ExpireAsync(_services.Clock.GetUtcNow() - retention, cancellationToken)
        : 0;

    private static string? LogIdOf(RunView? view) =>
        view?.Attempts.LastOrDefault(static attempt => attempt.GatewayLogId is not null)?.GatewayLogId;
}
