using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Hosting;

/// <summary>Hosts all runs in this process.</summary>
public sealed class EmbeddedRuns : IRuns
{
    private readonly ConcurrentDictionary<RunId, ActiveRun> _active = new();
    private readonly EngineOptions _options;
    private readonly RunServices _services;
    private readonly TailBudget _tails;
    private readonly SubmitGate _submits = new();

    public EmbeddedRuns(
        IRunJournal journal, IGateway gateway, ISecretSeal seal, EngineOptions options, TimeProvider clock, Random random, ILogger<EmbeddedRuns> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _tails = new TailBudget(options.TailBytes);
        _services = new RunServices(
            journal, gateway, seal, new UpstreamPipelines(options.Resilience, clock), clock, new Jitter(random), log) { TraceContent = options.TraceContent };
    }

    /// <summary>Runs that this process works on at present.</summary>
    public int ActiveCount => _active.Count;

    /// <summary>Takes up every run that has no end, from wherever its journal stops.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var unfinished = await _services.Journal.ListUnfinishedAsync(cancellationToken);
        foreach (var (writer, state) in await new TakeUp(_services).RunAsync(unfinished, cancellationToken))
        {
            var tail = new RunTail(_tails);
            tail.Start(state.LastNumber);
            Host(new ActiveRun(writer, state, tail, null, _services), new ConnectionEnd.HostGone(writer.TakenOver), null);
        }
    }

    /// <summary>Lets go of every run, in order: nothing is written to them, and the next start goes on with them.</summary>
    public async Task StopAsync()
    {
        var all = LetGoAsync(_submits.CloseAsync());
        foreach (var run in _active.Values)
        {
            run.StopSoon();
        }

        try
        {
            await all.WaitAsync(_options.StopGrace, _services.Clock);
        }
        catch (TimeoutException)
        {
            foreach (var run in _active.Values)
            {
                run.StopNow();
            }

            await all;
        }
    }

    /// <summary>A run whose submission is under way is let go as well: its first dispatch is journaled, and must not be lost with the host.</summary>
    private async Task LetGoAsync(Task submitted)
    {
        await submitted;
        await Task.WhenAll(_active.Values.Select(static run => run.Completion));
    }

    public async ValueTask<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        if (!_submits.TryEnter())
        {
            return new SubmitOutcome.Stopping();
        }

        try
        {
            return await MakeAsync(submission, cancellationToken);
        }
        finally
        {
            _submits.Leave();
        }
    }

    public async ValueTask<RunView?> GetAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        if (_active.TryGetValue(id, out var run))
        {
            return run.State.Tenant == tenant ? await run.ViewAsync(cancellationToken) : null;
        }

        if (await IsOfAsync(tenant, id, cancellationToken) is not { } summary)
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

        // The directory has a run's start and its end; what is between is known here.
        return page with { Runs = [.. page.Runs.Select(run => _active.TryGetValue(run.Id, out var active) ? active.Summarize() : run)] };
    }

    public async ValueTask<RunView?> CancelAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        if (_active.TryGetValue(id, out var run) && run.State.Tenant == tenant)
        {
            run.Cancel();
            await run.Completion.WaitAsync(cancellationToken);
        }

        return await GetAsync(tenant, id, cancellationToken);
    }

    public async ValueTask<DeleteOutcome> DeleteAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        if (await IsOfAsync(tenant, id, cancellationToken) is not { } summary)
        {
            return DeleteOutcome.NotFound;
        }

        if (!summary.Status.IsEnded())
        {
            return DeleteOutcome.Active;
        }

        return await _services.Journal.DeleteAsync(id, cancellationToken) ? DeleteOutcome.Deleted : DeleteOutcome.NotFound;
    }

    public async ValueTask<OpenedReader> OpenEventsAsync(string tenant, RunId id, long after, CancellationToken cancellationToken)
    {
        _active.TryGetValue(id, out var run);
        var summary = run is null ? await IsOfAsync(tenant, id, cancellationToken) : null;
        if (run is null ? summary is null : run.State.Tenant != tenant)
        {
            return new OpenedReader.NotFound();
        }

        var start = after == 0 ? null : await _services.Journal.FindCheckpointAsync(id, after, cancellationToken);
        var reader = new EventReader(id, Follow(id, start?.EntryNumber ?? 1, run, summary, _options.KeepAlive), start, after);
        if (run is not null || after == 0)
        {
            return new OpenedReader.Opened(reader);
        }

        // Only reading tells whether an ended run has anything after that number.
        var ahead = await reader.ReadAsync(cancellationToken);
        if (ahead.Kind == ReaderReadKind.End)
        {
            reader.Dispose();
            return new OpenedReader.NothingLeft();
        }

        return new OpenedReader.Opened(new PeekedReader(reader, ahead));
    }

    public async ValueTask<OpenedReader> OpenStreamAsync(string tenant, RunId id, long from, CancellationToken cancellationToken)
    {
        _active.TryGetValue(id, out var run);
        if (run is not null)
        {
            if (run.State.Tenant != tenant)
            {
                return new OpenedReader.NotFound();
            }

            var (attempt, entry, index) = Serving(run.State, from);
            return new OpenedReader.Opened(new UpstreamReader(Follow(id, entry, run, null, Timeout.InfiniteTimeSpan), attempt, index, from));
        }

        if (await IsOfAsync(tenant, id, cancellationToken) is not { } summary)
        {
            return new OpenedReader.NotFound();
        }

        var serving = Serving(await JournaledState.ReadAsync(_services.Journal, id, cancellationToken), from);
        return new OpenedReader.Opened(
            new UpstreamReader(Follow(id, serving.Entry, null, summary, Timeout.InfiniteTimeSpan), serving.Attempt, serving.Index, from));
    }

    public async ValueTask<bool> WaitForEndAsync(string tenant, RunId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (!_active.TryGetValue(id, out var run))
        {
            return await IsOfAsync(tenant, id, cancellationToken) is not null;
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

    /// <summary>Removes runs that are older than the retention; answers how many.</summary>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        if (_options.Retention is not { } retention)
        {
            return 0;
        }

        var before = _services.Clock.GetUtcNow() - retention;
        var removed = 0;
        for (int batch; (batch = await _services.Journal.ExpireAsync(before, 100, cancellationToken)) > 0;)
        {
            removed += batch;
        }

        return removed;
    }

    private async Task<SubmitOutcome> MakeAsync(Submission submission, CancellationToken cancellationToken)
    {
        var now = _services.Now();
        var id = _services.Jitter.NextRunId(DateTimeOffset.FromUnixTimeMilliseconds(now));
        var submitted = new RunSubmitted
        {
            Spec = submission.Spec,
            Tenant = submission.Tenant,
            Projection = ClientProjection.Version,
            Trace = submission.Trace,
            Inputs = submission.Inputs,
            Sealed = SealedHeaders.Seal(_services.Seal, submission.ExtraHeaders),
        };
        var builder = new EntryBatchBuilder();
        builder.Add(now, submitted);

        // The first attempt waits for nothing: its start is durable in the same commit.
        builder.Add(now, RunConnections.Started(submission.Spec, new Step.Dispatch(1, 0, Continuation.None), _services));
        var batch = builder.Build(1);
        var state = new RunState();
        state.Apply(batch);
        var created = await _services.Journal.CreateAsync(
            new NewRun(RunReports.Summary(id, state), submission.IdempotencyKey, submission.RequestHash), batch, CancellationToken.None);
        if (created is not CreateOutcome.Created { Writer: var writer })
        {
            return await RepeatedAsync((CreateOutcome.KeyTaken)created, submission, cancellationToken);
        }

        var view = RunViews.Of(id, state, submission.Inputs, new Answer());
        var tail = new RunTail(_tails);
        tail.Publish(batch);
        Host(new ActiveRun(writer, state, tail, submitted, _services), null, new Step.Dispatch(1, 0, Continuation.None));
        return new SubmitOutcome.Accepted(view);
    }

    private void Host(ActiveRun run, ConnectionEnd? end, Step? first)
    {
        _tails.Add();
        run.Start(end, first);
        _active[run.Id] = run;
        _ = RemoveAsync(run);
        if (_submits.IsClosed)
        {
            run.StopSoon();
        }
    }

    private async Task RemoveAsync(ActiveRun run)
    {
        await run.Completion;
        _active.TryRemove(new KeyValuePair<RunId, ActiveRun>(run.Id, run));
        _tails.Remove();
    }

    private async ValueTask<SubmitOutcome> RepeatedAsync(CreateOutcome.KeyTaken taken, Submission submission, CancellationToken cancellationToken)
    {
        if (taken.RequestHash != submission.RequestHash)
        {
            return new SubmitOutcome.KeyConflict(taken.Run);
        }

        var view = await GetAsync(submission.Tenant, taken.Run, cancellationToken);
        return view is null ? new SubmitOutcome.KeyConflict(taken.Run) : new SubmitOutcome.Repeated(view);
    }

    private async ValueTask<RunSummary?> IsOfAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        await _services.Journal.FindAsync(id, cancellationToken) is { } summary && summary.Tenant == tenant ? summary : null;

    private EntryFollower Follow(RunId id, long from, ActiveRun? run, RunSummary? stored, TimeSpan keepAlive) =>
        new(_services.Journal, id, from, run?.Tail, stored is { Status: var status } && !status.IsEnded(), _services.Clock, keepAlive);

    /// <summary>The attempt that serves the run, and where its events are read from: the entry, and the index of the next event there.</summary>
    private static (int Attempt, long Entry, long Index) Serving(RunState state, long from)
    {
        lock (state)
        {
            return state.Serving is { } serving
                ? (serving.Number, serving.EntryOfEvent(from), Math.Min(from, serving.Events))
                : (0, 1, 0);
        }
    }

    private static string? LogIdOf(RunView? view) =>
        view?.Attempts.LastOrDefault(static attempt => attempt.GatewayLogId is not null)?.GatewayLogId;
}
