using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Turns;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Engine.Hosting;

/// <summary>A run that is not journaled yet: its first entries, as they will be.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Submitted">What was submitted.</param>
/// <param name="First">That, and the start of the first attempt or what it waits for, in one batch.</param>
/// <param name="IdempotencyKey">Unique within the tenant; null for none.</param>
/// <param name="RequestHash">Tells whether a repeated key comes with the same body.</param>
/// <param name="Turn">Of the first attempt; null where it is waited for, or was taken by another host. It does not travel: who made the draft
/// hands it on to the run, or ends it.</param>
internal sealed record RunDraft(
    RunId Id, RunSubmitted Submitted, EntryBatch First, string? IdempotencyKey, string? RequestHash, ITurn? Turn = null)
{
    /// <summary>The step whose entry is in the first batch of a run that need not wait.</summary>
    public static readonly Step.Dispatch FirstStep = new(1, 0, Continuation.None);

    /// <summary>Secrets are sealed in it: it may travel.</summary>
    public static async ValueTask<RunDraft> MakeAsync(Submission submission, RunServices services)
    {
        var now = services.Now();
        var submitted = new RunSubmitted
        {
            Spec = submission.Spec,
            Tenant = submission.Tenant,
            Projection = ClientProjection.Version,
            Trace = submission.Trace,
            Origin = submission.Origin,
            Inputs = submission.Inputs,
            Sealed = SealedHeaders.Seal(services.Seal, submission.ExtraHeaders),
        };
        var id = services.Jitter.NextRunId(DateTimeOffset.FromUnixTimeMilliseconds(now));
        var builder = new EntryBatchBuilder();
        builder.Add(now, submitted);

        // The first attempt, or what it waits for, is durable in the same commit.
        var answer = await services.Turns.AskAsync(RunTurn.Request(id, submission.Tenant, submission.Spec, submission.Spec.Model, now));
        if (answer.Turn is null)
        {
            builder.Add(now, RunQueued.Of(FirstStep.Leg, submission.Spec.Model, answer.Wait!));
        }
        else
        {
            builder.Add(now, RunConnections.Started(submission.Spec, FirstStep, services));
        }

        return new RunDraft(id, submitted, builder.Build(1), submission.IdempotencyKey, submission.RequestHash, answer.Turn);
    }

    public NewRun ToNewRun(RunState state) => new(RunReports.Summary(Id, state), IdempotencyKey, RequestHash);

    /// <summary>The run as its first entries tell it.</summary>
    public RunState ToState()
    {
        var state = new RunState();
        state.Apply(First);
        return state;
    }

    /// <summary>A draft that was made by another host.</summary>
    public static RunDraft Of(RunId id, EntryBatch first, string? idempotencyKey, string? requestHash)
    {
        var entries = first.GetEnumerator();
        entries.MoveNext();
        return new RunDraft(id, EntryCodec.ReadRunSubmitted(entries.Current.Payload), first, idempotencyKey, requestHash);
    }
}
