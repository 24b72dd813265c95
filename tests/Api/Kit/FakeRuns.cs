using System.Collections.Concurrent;
using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Tests.Kit;

/// <summary>
/// Runs that a test wrote down. Runs belong to the tenant they are added for, as the port promises; everything else answers what the
/// test says, and what it was asked is kept.
/// </summary>
internal sealed class FakeRuns : IRuns, IOperations
{
    private readonly ConcurrentDictionary<RunId, (string Tenant, RunView Run)> _runs = new();

    public RunChanges Changes { get; } = new(1);

    public RunStatistics Statistics { get; } = new(0);

    public IReadOnlyList<RunAttention> Troubled { get; set; } = [];

    public int Silent { get; set; }

    public Task HearAsync(bool isWhole, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<RunOverview> OverviewAsync(StatQuestion question, CancellationToken cancellationToken) =>
        new(new RunOverview(Statistics.Report(question), Troubled, 1 + Silent, Silent));

    public ConcurrentQueue<Submission> Submissions { get; } = new();

    public ConcurrentQueue<RunQuery> Queries { get; } = new();

    public ConcurrentQueue<(RunId Run, long Position)> Opened { get; } = new();

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public ConcurrentQueue<LogPatch> Patches { get; } = new();

    public Func<Submission, SubmitOutcome> OnSubmit { get; set; } = submission => new SubmitOutcome.Accepted(Sample.Run() with
    {
        Spec = submission.Spec,
        Inputs = submission.Inputs,
        Warnings = submission.Spec.Warnings,
    });

    public Func<RunPage> OnList { get; set; } = () => new RunPage([], null);

    /// <summary>Instead of <see cref="OnList"/>, where it is set.</summary>
    public Func<RunQuery, RunPage>? OnQuery { get; set; }

    public Func<OpenedReader> OnOpen { get; set; } = () => new OpenedReader.Opened(new ScriptedReader());

    public Action<RunId> OnWait { get; set; } = _ => { };

    /// <summary>Of every run.</summary>
    public IReadOnlyList<EntryBatch> Journal { get; set; } = [];

    public LogReply? Log { get; set; }

    public FeedbackOutcome Feedback { get; set; } = new FeedbackOutcome.Sent();

    /// <summary>Thrown by every call where it is set.</summary>
    public Exception? Failure { get; set; }

    public RunView Add(RunView run, string tenant = "")
    {
        _runs[run.Id] = (tenant, run);
        return run;
    }

    public ValueTask<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        ThrowIfTold();
        Submissions.Enqueue(submission);
        return new(OnSubmit(submission));
    }

    public ValueTask<RunView?> GetAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        ThrowIfTold();
        return new(Find(tenant, id));
    }

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken)
    {
        ThrowIfTold();
        Queries.Enqueue(query);
        return new(OnQuery?.Invoke(query) ?? OnList());
    }

    public ValueTask<RunView?> CancelAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        ThrowIfTold();
        if (Find(tenant, id) is not { } run)
        {
            return new((RunView?)null);
        }

        return new(run.Status.IsEnded() ? run : Add(run with { Status = RunStatus.Cancelled, EndedAt = Sample.Time }, tenant));
    }

    public ValueTask<DeleteOutcome> DeleteAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        ThrowIfTold();
        if (Find(tenant, id) is not { } run)
        {
            return new(DeleteOutcome.NotFound);
        }

        if (!run.Status.IsEnded())
        {
            return new(DeleteOutcome.Active);
        }

        _runs.TryRemove(id, out _);
        return new(DeleteOutcome.Deleted);
    }

    public async ValueTask<StopOutcome> StopAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        await GetAsync(tenant, id, cancellationToken) switch
        {
            null => StopOutcome.NotFound,
            { Status: var status } when status.IsEnded() => StopOutcome.AlreadyEnded,
            _ => (await CancelAsync(tenant, id, cancellationToken))!.Status == RunStatus.Cancelled ? StopOutcome.Cancelled : StopOutcome.Active,
        };

    public async ValueTask<Submission?> GetSubmissionAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        await GetAsync(tenant, id, cancellationToken) is { } run ? new Submission { Tenant = tenant, Spec = run.Spec, Inputs = run.Inputs } : null;

    public ValueTask<IAsyncEnumerable<EntryBatch>?> OpenJournalAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        ThrowIfTold();
        return new(Find(tenant, id) is null ? null : Journal.ToAsyncEnumerable());
    }

    public ValueTask<OpenedReader> OpenEventsAsync(string tenant, RunId id, long after, CancellationToken cancellationToken) => Open(tenant, id, after);

    public ValueTask<OpenedReader> OpenStreamAsync(string tenant, RunId id, long from, CancellationToken cancellationToken) => Open(tenant, id, from);

    public ValueTask<bool> WaitForEndAsync(string tenant, RunId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        ThrowIfTold();
        Waits.Enqueue(wait);
        OnWait(id);
        return new(Find(tenant, id) is not null);
    }

    public ValueTask<LogReply?> GetLogAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        ThrowIfTold();
        return new(Find(tenant, id) is null ? null : Log);
    }

    public ValueTask<FeedbackOutcome> SendFeedbackAsync(string tenant, RunId id, LogPatch patch, CancellationToken cancellationToken)
    {
        ThrowIfTold();
        Patches.Enqueue(patch);
        return new(Find(tenant, id) is null ? new FeedbackOutcome.NoRun() : Feedback);
    }

    private ValueTask<OpenedReader> Open(string tenant, RunId id, long position)
    {
        ThrowIfTold();
        Opened.Enqueue((id, position));
        return new(Find(tenant, id) is null ? new OpenedReader.NotFound() : OnOpen());
    }

    private RunView? Find(string tenant, RunId id) => _runs.TryGetValue(id, out var found) && found.Tenant == tenant ? found.Run : null;

    private void ThrowIfTold()
    {
        if (Failure is { } failure)
        {
            throw failure;
        }
    }
}
