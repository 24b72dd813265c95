using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Webhooks.Tests.Kit;

/// <summary>Runs that end when they are told to. They outlive the service, as a journal does.</summary>
internal sealed class FakeRuns(TimeProvider clock) : IRuns
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(7);
    private readonly Dictionary<RunId, RunView> _views = [];
    private readonly Dictionary<string, RunId> _keys = new(StringComparer.Ordinal);
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Thrown by whoever asks about a run, while it is set.</summary>
    public volatile Exception? Broken;

    /// <summary>Nobody works on the runs: whoever waits for an end is answered at once.</summary>
    public volatile bool Idle;

    public ValueTask<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (submission.IdempotencyKey is { } key && _keys.TryGetValue(key, out var known))
            {
                return new(new SubmitOutcome.Repeated(_views[known]));
            }

            var id = RunId.Create(clock.GetUtcNow(), _random);
            _views[id] = Views.Started(id, clock.GetUtcNow(), submission.Spec.Webhook);
            if (submission.IdempotencyKey is not null)
            {
                _keys[submission.IdempotencyKey] = id;
            }

            return new(new SubmitOutcome.Accepted(_views[id]));
        }
    }

    public void End(RunId id, RunStatus status = RunStatus.Completed)
    {
        lock (_lock)
        {
            _views[id] = Views.Ended(_views[id], clock.GetUtcNow(), status);
        }

        Wake();
    }

    public void Forget(RunId id)
    {
        lock (_lock)
        {
            _views.Remove(id);
        }

        Wake();
    }

    public ValueTask<RunView?> GetAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        Broken is { } failure ? ValueTask.FromException<RunView?>(failure) : new(Find(tenant, id));

    public async ValueTask<bool> WaitForEndAsync(string tenant, RunId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await EndedAsync(tenant, id, wait, over.Token);
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<RunView?> CancelAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<DeleteOutcome> DeleteAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<OpenedReader> OpenEventsAsync(string tenant, RunId id, long after, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<OpenedReader> OpenStreamAsync(string tenant, RunId id, long from, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<LogReply?> GetLogAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<FeedbackOutcome> SendFeedbackAsync(string tenant, RunId id, LogPatch patch, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private async Task<bool> EndedAsync(string tenant, RunId id, TimeSpan wait, CancellationToken over)
    {
        Task? time = null;
        while (true)
        {
            Task ended;
            lock (_lock)
            {
                ended = _ended.Task;
            }

            if (Broken is { } failure)
            {
                throw failure;
            }

            if (Find(tenant, id) is not { } run)
            {
                return false;
            }

            if (run.Status.IsEnded() || Idle)
            {
                return true;
            }

            // Only who has to wait is seen on the clock.
            time ??= Task.Delay(wait, clock, over);
            if (await Task.WhenAny(ended, time) == time)
            {
                await time;
                return true;
            }
        }
    }

    private RunView? Find(string tenant, RunId id)
    {
        lock (_lock)
        {
            return tenant == Service.Tenant ? _views.GetValueOrDefault(id) : null;
        }
    }

    private void Wake()
    {
        TaskCompletionSource ended;
        lock (_lock)
        {
            ended = _ended;
            _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        ended.SetResult();
    }
}
