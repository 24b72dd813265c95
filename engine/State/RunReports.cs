using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Money;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.State;

/// <summary>What a run's state looks like from outside: the attempt tree, usage, the directory's row.</summary>
public static class RunReports
{
    /// <param name="run">The run.</param>
    /// <param name="endedAt">The end of an attempt that is about to end with its run; Unix milliseconds.</param>
    /// <param name="prices">For a run that has not ended: one that has keeps the costs it ended with.</param>
    public static IReadOnlyList<AttemptReport> Attempts(RunState run, long? endedAt = null, PriceTable? prices = null) =>
    [
        .. run.Attempts.Select((attempt, index) => Attempt(attempt, endedAt) with
        {
            Cost = run.End is { Attempts: var ended } ? ended.ElementAtOrDefault(index)?.Cost : RunCosts.Of(attempt, prices ?? PriceTable.Empty),
        }),
    ];

    /// <summary>Of all attempts whose text is in the answer; null where none was reported.</summary>
    public static TokenCounts? Usage(RunState run)
    {
        long? input = null, output = null, total = null, read = null, written = null;
        foreach (var attempt in InAnswer(run))
        {
            input = Add(input, attempt.Usage?.InputTokens);
            output = Add(output, attempt.Usage?.OutputTokens);
            total = Add(total, attempt.Usage?.TotalTokens);
            read = Add(read, attempt.Usage?.CacheReadTokens);
            written = Add(written, attempt.Usage?.CacheWriteTokens);
        }

        return input is null && output is null && total is null
            ? null
            : new TokenCounts
            {
                InputTokens = input, OutputTokens = output, TotalTokens = total, CacheReadTokens = read, CacheWriteTokens = written,
            };
    }

    /// <summary>Whether a piece of the answer may be missing from its middle.</summary>
    public static bool HasGap(RunState run) => InAnswer(run).Any(static attempt => attempt.HasGap);

    public static RunSummary Summary(RunId id, RunState run, RunEnded end, long endedAt) => Summary(id, run) with
    {
        Status = end.Status,
        EndedAt = endedAt,
        Incomplete = end.Incomplete,
        IncompleteReason = end.IncompleteReason,
        FinishReason = end.FinishReason,
        InputTokens = end.Usage?.InputTokens,
        OutputTokens = end.Usage?.OutputTokens,
        TotalTokens = end.Usage?.TotalTokens,
        ErrorCode = end.Error?.Code,
        ErrorMessage = end.Error?.Message,
        Cost = end.Cost,
    };

    public static RunSummary Summary(RunId id, RunState run) => new()
    {
        Id = id,
        Tenant = run.Tenant,
        Status = run.Status,
        Model = run.Spec.Model,
        Task = run.Spec.Task,
        Metadata = RunMetadata.Texts(run.Spec),
        MetadataJson = RunMetadata.Json(run.Spec),
        CreatedAt = run.CreatedAt,
        StartedAt = run.StartedAt,
        Seq = run.Seq,
        FirstEventAt = run.Attempts.Min(static attempt => attempt.FirstEventAt),
        Events = run.Attempts.Sum(static attempt => attempt.Events),
        Attempts = run.Attempts.Count,
        Reattaches = run.Attempts.Sum(static attempt => attempt.Reattaches),
        Fallbacks = Fallbacks(run),
        Leg = run.Current is { } current ? current.ServedLeg ?? current.Leg : null,
        TraceId = TraceContext.TraceIdOf(id, run.Trace).ToHexString(),
    };

    /// <summary>Of a run that is under way: with what it is doing, and the tokens so far.</summary>
    /// <param name="id">The run.</param>
    /// <param name="run">Locked by the caller, where somebody else may fold.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="prices">Of the models.</param>
    public static RunSummary Live(RunId id, RunState run, long now, PriceTable prices)
    {
        var usage = Usage(run);
        return Summary(id, run) with
        {
            InputTokens = usage?.InputTokens,
            OutputTokens = usage?.OutputTokens,
            TotalTokens = usage?.TotalTokens,
            Cost = RunCosts.Of(run, prices),
            Phase = RunPhases.Of(run, now),
        };
    }

    /// <summary>The moves to a later leg: those of the run, and those of the gateway within an attempt.</summary>
    internal static int Fallbacks(RunState run)
    {
        var (count, leg) = (0, 0);
        for (var i = 0; i < run.Attempts.Count; i++)
        {
            var attempt = run.Attempts[i];
            count += (attempt.Leg > leg ? 1 : 0) + (attempt.ServedLeg > attempt.Leg ? 1 : 0);
            leg = attempt.Leg;
        }

        return count;
    }

    /// <summary>The attempts whose text the answer consists of: the last one, and those that it continues.</summary>
    internal static IEnumerable<AttemptState> InAnswer(RunState run)
    {
        var first = run.Attempts.Count - 1;
        while (first > 0 && run.Attempts[first].Continuation != Continuation.None)
        {
            first--;
        }

        // Of a run of several results, each that is there counts.
        return run.Attempts.Where((attempt, index) => index >= first || (attempt.IsComplete && attempt.Part != run.Attempts[first].Part));
    }

    private static AttemptReport Attempt(AttemptState attempt, long? endedAt) => new()
    {
        Attempt = attempt.Number,
        Leg = attempt.ServedLeg ?? attempt.Leg,
        Model = attempt.ServedModel ?? attempt.Model,
        Transport = attempt.Transport,
        Resumable = attempt.Resumable,
        GatewayRunId = attempt.GatewayRunId,
        GatewayLogId = attempt.GatewayLogId,
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(attempt.StartedAt),
        FirstEventAt = Time(attempt.FirstEventAt),
        EndedAt = Time(attempt.EndedAt ?? endedAt),
        Events = attempt.Events,
        Reattaches = attempt.Reattaches,
        Continuation = attempt.Continuation,
        Part = attempt.Part,
        Usage = attempt.Usage,
        Error = attempt.Failure?.Error,
    };

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private static long? Add(long? sum, long? more) => more is null ? sum : (sum ?? 0) + more;
}
