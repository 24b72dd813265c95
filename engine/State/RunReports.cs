using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.State;

/// <summary>What a run's state looks like from outside: the attempt tree, usage, the directory's row.</summary>
public static class RunReports
{
    /// <param name="run">The run.</param>
    /// <param name="endedAt">The end of an attempt that is about to end with its run; Unix milliseconds.</param>
    public static IReadOnlyList<AttemptReport> Attempts(RunState run, long? endedAt = null) =>
        [.. run.Attempts.Select(attempt => Attempt(attempt, endedAt))];

    /// <summary>Of all attempts whose text is in the answer; null where none was reported.</summary>
    public static TokenCounts? Usage(RunState run)
    {
        long? input = null, output = null, total = null;
        foreach (var attempt in InAnswer(run))
        {
            input = Add(input, attempt.Usage?.InputTokens);
            output = Add(output, attempt.Usage?.OutputTokens);
            total = Add(total, attempt.Usage?.TotalTokens);
        }

        return input is null && output is null && total is null
            ? null
            : new TokenCounts { InputTokens = input, OutputTokens = output, TotalTokens = total };
    }

    public static RunSummary Summary(RunId id, RunSubmitted submitted, long createdAt) => new()
    {
        Id = id,
        Tenant = submitted.Tenant,
        Status = RunStatus.Queued,
        Model = submitted.Spec.Model,
        Task = submitted.Spec.Task,
        Metadata = RunMetadata.Texts(submitted.Spec),
        MetadataJson = RunMetadata.Json(submitted.Spec),
        CreatedAt = createdAt,
    };

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
    };

    /// <summary>The attempts whose text the answer consists of: the last one, and those that it continues.</summary>
    private static IEnumerable<AttemptState> InAnswer(RunState run)
    {
        var first = run.Attempts.Count - 1;
        while (first > 0 && run.Attempts[first].Continuation != Continuation.None)
        {
            first--;
        }

        return run.Attempts.Skip(first);
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
        Usage = attempt.Usage,
        Error = attempt.Failure?.Error,
    };

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private static long? Add(long? sum, long? more) => more is null ? sum : (sum ?? 0) + more;
}
