using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;
using Orchestrator.Grains.Contract;

namespace Orchestrator.Grains.Others;

/// <summary>What silos tell each other of their runs, from and to what the engine has.</summary>
internal static class Wire
{
    public static SiloChange Of(RunChange change) => new()
    {
        Run = change.Run.ToString(),
        Tenant = change.Tenant,
        Moved = change.Moved,
        Now = change.Summary is { } run ? Of(run) : null,
    };

    public static RunChange From(SiloChange change) =>
        new(RunId.Parse(change.Run), change.Now is { } run ? From(run) : null, change.Tenant, change.Moved);

    public static SiloCounts Of(StatReport report, IReadOnlyList<RunAttention> attention) => new()
    {
        From = report.From,
        Step = report.Step,
        Series = [.. report.Series.Select(static series => new SiloSeries { Key = series.Key, Points = [.. series.Points.Select(Of)] })],
        Attention = [.. attention.Select(static one => new SiloAttention { Run = Of(one.Run), Why = one.Why, Since = one.Since })],
    };

    public static HostOverview From(SiloCounts counts) => new(
        StatReport.Of(
            counts.From, counts.Step,
            counts.Series.Select(static series => StatSeries.Of(series.Key, [.. series.Points.Select(From)]))),
        [.. counts.Attention.Select(static one => new RunAttention(From(one.Run), one.Why, one.Since))]);

    private static SiloPoint Of(Counts counts) => new()
    {
        Submitted = counts.Submitted,
        Completed = counts.Completed,
        Failed = counts.Failed,
        Cancelled = counts.Cancelled,
        Events = counts.Events,
        InputTokens = counts.InputTokens,
        OutputTokens = counts.OutputTokens,
        Reattaches = counts.Reattaches,
        Fallbacks = counts.Fallbacks,
        Cost = counts is { Cost: { } amount, CostAsOf: { } date }
            ? new SiloCost { Amount = amount, Wasted = counts.Wasted, AsOf = date.DayNumber, Complete = counts.IsCostComplete }
            : null,
        IsCostComplete = counts.IsCostComplete,
        Active = counts.Active,
        Queued = counts.Queued,
        FirstEvents = counts.FirstEvents is { } latencies ? [.. latencies.Classified] : null,
    };

    private static Counts From(SiloPoint point)
    {
        var counts = new Counts
        {
            Submitted = point.Submitted,
            Completed = point.Completed,
            Failed = point.Failed,
            Cancelled = point.Cancelled,
            Events = point.Events,
            InputTokens = point.InputTokens,
            OutputTokens = point.OutputTokens,
            Reattaches = point.Reattaches,
            Fallbacks = point.Fallbacks,
            Active = point.Active,
            Queued = point.Queued,
        };
        counts.AddCost(
            point.Cost?.Amount, point.Cost?.Wasted ?? 0, point.Cost is { } cost ? DateOnly.FromDayNumber(cost.AsOf) : null, point.IsCostComplete);
        if (point.FirstEvents is { } classified)
        {
            counts.FirstEvents = new Latencies();
            counts.FirstEvents.Add(classified);
        }

        return counts;
    }

    private static SiloRun Of(RunSummary run) => new()
    {
        Id = run.Id.ToString(),
        Tenant = run.Tenant,
        Status = (int)run.Status,
        Model = run.Model,
        Task = run.Task,
        Metadata = run.MetadataJson,
        CreatedAt = run.CreatedAt,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Incomplete = run.Incomplete,
        IncompleteReason = run.IncompleteReason,
        FinishReason = run.FinishReason,
        InputTokens = run.InputTokens,
        OutputTokens = run.OutputTokens,
        TotalTokens = run.TotalTokens,
        ErrorCode = run.ErrorCode,
        ErrorMessage = run.ErrorMessage,
        Seq = run.Seq,
        FirstEventAt = run.FirstEventAt,
        Events = run.Events,
        Attempts = run.Attempts,
        Reattaches = run.Reattaches,
        Fallbacks = run.Fallbacks,
        Leg = run.Leg,
        Cost = run.Cost is { } cost
            ? new SiloCost { Amount = cost.Amount, Wasted = cost.Wasted, AsOf = cost.AsOf.DayNumber, Complete = cost.Complete }
            : null,
        TraceId = run.TraceId,
        Phase = (int)(run.Phase ?? 0),
    };

    /// <summary>Without the metadata as texts to be searched, which nobody does here.</summary>
    private static RunSummary From(SiloRun run) => new()
    {
        Id = RunId.Parse(run.Id),
        Tenant = run.Tenant,
        Status = (RunStatus)run.Status,
        Model = run.Model,
        Task = run.Task,
        MetadataJson = run.Metadata,
        CreatedAt = run.CreatedAt,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Incomplete = run.Incomplete,
        IncompleteReason = run.IncompleteReason,
        FinishReason = run.FinishReason,
        InputTokens = run.InputTokens,
        OutputTokens = run.OutputTokens,
        TotalTokens = run.TotalTokens,
        ErrorCode = run.ErrorCode,
        ErrorMessage = run.ErrorMessage,
        Seq = run.Seq,
        FirstEventAt = run.FirstEventAt,
        Events = run.Events,
        Attempts = run.Attempts,
        Reattaches = run.Reattaches,
        Fallbacks = run.Fallbacks,
        Leg = run.Leg,
        Cost = run.Cost is { } cost
            ? new RunCost { Amount = cost.Amount, Wasted = cost.Wasted, AsOf = DateOnly.FromDayNumber(cost.AsOf), Complete = cost.Complete }
            : null,
        TraceId = run.TraceId,
        Phase = run.Phase == 0 ? null : (RunPhase)run.Phase,
    };
}
