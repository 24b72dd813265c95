using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Limits;
using Orchestrator.Grains.Others;

namespace Orchestrator.Grains.Hosting;

/// <summary>
/// All runs of the cluster, as any of its silos serves them: what this silo works on directly, the rest through its grains and the journal.
/// </summary>
public sealed class ClusterRuns : IRuns
{
    private readonly RunServices _services;
    private readonly RunDesk _desk;
    private readonly IGrainFactory _grains;
    private readonly GrainCalls _calls;
    private readonly DraftTurns _turns;
    private readonly OtherHosts _others;

    internal ClusterRuns(
        RunHost host, IGrainFactory grains, DraftTurns turns, OtherHosts others, EngineOptions engine, RunGrainOptions options)
    {
        _services = host.Services;
        _grains = grains;
        _turns = turns;
        _calls = new GrainCalls(_services.Clock);
        var elsewhere = new OtherSilos(grains, _services, options);
        _desk = new RunDesk(host, elsewhere, engine);
        _others = others;
        Operations = new RunOperations(host, _desk.Directory, elsewhere, others);
    }

    public IOperations Operations { get; }

    public async ValueTask<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var draft = await RunDraft.MakeAsync(submission, _services);
        var first = EntrySlice.Of(draft.First);
        var grain = _grains.GetGrain<IRunGrain>(draft.Id.ToString());

        _turns.Leave(draft.Id, draft.Turn);
        SubmitReply reply;
        try
        {
            // Not cancelled with the caller in the middle of a call: the run may be there, and is worked on whoever hears of it.
            reply = await _calls.AnsweredAsync(
                isRepeated => grain.SubmitAsync(new SubmitRequest
                {
                    First = first,
                    IdempotencyKey = draft.IdempotencyKey,
                    RequestHash = draft.RequestHash,
                    IsRepeated = isRepeated,
                }),
                cancellationToken);
        }
        catch
        {
            _turns.Take(draft.Id)?.Close(null);
            throw;
        }

        EndTurn(draft.Id, reply.Result);
        return reply.Result switch
        {
            SubmitResult.Accepted => new SubmitOutcome.Accepted(RunViews.Of(draft.Id, draft.ToState(), submission.Inputs, new Answer())),
            SubmitResult.KeyTaken => await _desk.RepeatedAsync(
                new CreateOutcome.KeyTaken(RunId.Parse(reply.Holder!), reply.HolderHash), submission, cancellationToken),
            SubmitResult.Unavailable => throw new JournalUnavailableException(reply.Reason ?? "The journal can not be written at present."),
            _ => new SubmitOutcome.Stopping(),
        };
    }

    public ValueTask<RunView?> GetAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        _desk.GetAsync(tenant, id, cancellationToken);

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) =>
        _desk.ListAsync(query, cancellationToken);

    public ValueTask<RunView?> CancelAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        _desk.CancelAsync(tenant, id, cancellationToken);

    public async ValueTask<DeleteOutcome> DeleteAsync(string tenant, RunId id, CancellationToken cancellationToken)
    {
        var outcome = await _desk.DeleteAsync(tenant, id, cancellationToken);
        if (outcome == DeleteOutcome.Deleted)
        {
            await _calls.AnsweredAsync(
                async _ =>
                {
                    await _grains.GetGrain<IRunGrain>(id.ToString()).ForgetAsync();
                    return true;
                },
                cancellationToken);
        }

        return outcome;
    }

    public ValueTask<OpenedReader> OpenEventsAsync(string tenant, RunId id, long after, CancellationToken cancellationToken) =>
        _desk.Readers.OpenEventsAsync(tenant, id, after, cancellationToken);

    public ValueTask<OpenedReader> OpenStreamAsync(string tenant, RunId id, long from, CancellationToken cancellationToken) =>
        _desk.Readers.OpenStreamAsync(tenant, id, from, cancellationToken);

    public ValueTask<bool> WaitForEndAsync(string tenant, RunId id, TimeSpan wait, CancellationToken cancellationToken) =>
        _desk.WaitForEndAsync(tenant, id, wait, cancellationToken);

    public ValueTask<LogReply?> GetLogAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        _desk.GetLogAsync(tenant, id, cancellationToken);

    public ValueTask<FeedbackOutcome> SendFeedbackAsync(string tenant, RunId id, LogPatch patch, CancellationToken cancellationToken) =>
        _desk.SendFeedbackAsync(tenant, id, patch, cancellationToken);

    /// <summary>Counts what silos did that are gone. To be called once.</summary>
    /// <exception cref="JournalUnavailableException">Not all is counted.</exception>
    public Task RecountAsync(CancellationToken cancellationToken) => _others.RecountAsync(cancellationToken);

    /// <summary>Removes runs that are older than the retention; answers how many.</summary>
    public Task<int> ExpireAsync(CancellationToken cancellationToken) => _desk.ExpireAsync(cancellationToken);

    /// <summary>Where the run's grain has not taken it: it works elsewhere, or there is no run.</summary>
    private void EndTurn(RunId run, SubmitResult result)
    {
        var turn = _turns.Take(run);
        if (result == SubmitResult.Accepted)
        {
            turn?.Close(null);
        }
        else
        {
            turn?.GiveBack();
        }
    }
}
