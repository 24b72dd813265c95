using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Money;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Turns;

namespace Orchestrator.Engine.Hosting;

/// <summary>Makes views of runs.</summary>
internal static class RunViews
{
    /// <summary>From the journal, as far as it goes.</summary>
    public static async Task<RunView?> ReadAsync(IRunJournal journal, RunId id, CancellationToken cancellationToken)
    {
        var state = new RunState();
        var answer = new AnswerReader();
        RunInputs? inputs = null;
        await foreach (var batch in journal.ReadAsync(id, 1, cancellationToken))
        {
            inputs ??= SubmittedOf(batch).Inputs;
            state.Apply(batch);
            answer.Apply(batch);
            if (state.Status.IsEnded())
            {
                // Nothing follows, and the journal need not look for it.
                break;
            }
        }

        return inputs is null ? null : Of(id, state, inputs, answer.ToAnswer());
    }

    /// <summary>A run's first entry; null where it has been deleted.</summary>
    public static async ValueTask<RunSubmitted?> ReadSubmittedAsync(IRunJournal journal, RunId id, CancellationToken cancellationToken)
    {
        await foreach (var batch in journal.ReadAsync(id, 1, cancellationToken))
        {
            return SubmittedOf(batch);
        }

        return null;
    }

    /// <summary>The caller holds the state's lock, where somebody else may fold.</summary>
    /// <param name="id">The run.</param>
    /// <param name="state">As it is.</param>
    /// <param name="inputs">What was submitted.</param>
    /// <param name="answer">What came of it.</param>
    /// <param name="waits">What it waits for at this moment, where its host tells.</param>
    /// <param name="prices">For a run that has not ended.</param>
    public static RunView Of(RunId id, RunState state, RunInputs inputs, Answer answer, TurnWait? waits = null, PriceTable? prices = null) => new()
    {
        Id = id,
        TraceId = TraceContext.TraceIdOf(id, state.Trace).ToHexString(),
        Status = state.Status,
        Spec = state.Spec,
        Inputs = inputs,
        Seq = state.Seq,
        EventOffset = state.Serving?.Events ?? 0,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(state.CreatedAt),
        StartedAt = Time(state.StartedAt),
        EndedAt = Time(state.EndedAt),
        Output = answer,
        FinishReason = state.End?.FinishReason,
        Usage = state.End?.Usage ?? RunReports.Usage(state),
        Cost = state.End is { } end ? end.Cost : RunCosts.Of(state, prices ?? PriceTable.Empty),
        Incomplete = state.End?.Incomplete ?? false,
        IncompleteReason = state.End?.IncompleteReason,
        Error = state.End?.Error,
        Attempts = RunReports.Attempts(state, prices: prices),
        Queue = QueueOf(state, waits),
        Warnings = WarningsOf(state),
    };

    private static RunSubmitted SubmittedOf(EntryBatch batch)
    {
        var entries = batch.GetEnumerator();
        entries.MoveNext();
        return EntryCodec.ReadRunSubmitted(entries.Current.Payload);
    }

    private static RunQueue? QueueOf(RunState state, TurnWait? waits) => state is { QueuedAt: { } since, LastQueued: { } entry }
        ? new RunQueue
        {
            Limit = waits?.Limit ?? entry.Limit,
            Message = waits?.Message ?? entry.Message,
            Leg = entry.Leg,
            Model = entry.Model,
            Since = DateTimeOffset.FromUnixTimeMilliseconds(since),
            ExpectedAt = Time(waits is null ? entry.ExpectedAt : waits.ExpectedAt),
            Ahead = waits?.Ahead,
        }
        : null;

    private static List<RunWarning> WarningsOf(RunState state)
    {
        var warnings = new List<RunWarning>(state.Spec.Warnings);
        if (state.WarnsOfNoResume && !warnings.Exists(static warning => warning.Code == Projections.Warnings.NotResumable.Code))
        {
            warnings.Add(Projections.Warnings.NotResumable);
        }

        if (state.WarnsOfMalformedEvents)
        {
            warnings.Add(Projections.Warnings.MalformedEvent);
        }

        if (state.LastQueued is { } queued)
        {
            warnings.Add(Projections.Warnings.Queued(queued));
        }

        return warnings;
    }

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
