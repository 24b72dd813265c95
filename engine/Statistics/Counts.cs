namespace Orchestrator.Engine.Statistics;

/// <summary>What happened in a stretch of time. Not thread-safe.</summary>
public sealed class Counts
{
    private Latencies? _firstEvents;

    public long Submitted { get; internal set; }

    public long Completed { get; internal set; }

    public long Failed { get; internal set; }

    public long Cancelled { get; internal set; }

    public long Events { get; internal set; }

    public long InputTokens { get; internal set; }

    public long OutputTokens { get; internal set; }

    public long Reattaches { get; internal set; }

    public long Fallbacks { get; internal set; }

    /// <summary>Of the runs that ended and whose cost is known; null where there is none.</summary>
    public decimal? Cost { get; internal set; }

    public decimal Wasted { get; internal set; }

    /// <summary>The date of the oldest price.</summary>
    public DateOnly? CostAsOf { get; internal set; }

    /// <summary>False where runs ended whose cost is not known, or not all of it.</summary>
    public bool IsCostComplete { get; internal set; } = true;

    /// <summary>Runs that had been submitted and not ended at the end of the stretch; null where that can not be told.</summary>
    public long? Active { get; internal set; }

    /// <summary>Of these, runs that waited for their turn or for their next attempt; null where that can not be told.</summary>
    public long? Queued { get; internal set; }

    /// <summary>How many more waited at the end of the stretch than at its beginning.</summary>
    internal long QueuedMore { get; set; }

    /// <summary>From the submission to the first output, in seconds; null where none came.</summary>
    public double? FirstEvent(double share) => _firstEvents?.Quantile(share);

    internal long Ended => Completed + Failed + Cancelled;

    internal void Add(in RunProgress progress)
    {
        Events += progress.Events;
        InputTokens += progress.InputTokens;
        OutputTokens += progress.OutputTokens;
        Reattaches += progress.Reattaches;
        Fallbacks += progress.Fallbacks;
        if (progress.FirstEventAfter is { } first)
        {
            (_firstEvents ??= new Latencies()).Add(first);
        }
    }

    internal void Add(Counts other)
    {
        Submitted += other.Submitted;
        Completed += other.Completed;
        Failed += other.Failed;
        Cancelled += other.Cancelled;
        Events += other.Events;
        InputTokens += other.InputTokens;
        OutputTokens += other.OutputTokens;
        Reattaches += other.Reattaches;
        Fallbacks += other.Fallbacks;
        QueuedMore += other.QueuedMore;
        AddCost(other.Cost, other.Wasted, other.CostAsOf, other.IsCostComplete);
        if (other._firstEvents is { } more)
        {
            (_firstEvents ??= new Latencies()).Add(more);
        }
    }

    /// <summary>With what there was at the end of the stretch, which adds up for different runs and not for different stretches.</summary>
    internal void AddAll(Counts other)
    {
        Add(other);
        Active += other.Active;
        Queued += other.Queued;
    }

    /// <summary>How often first outputs took how long, class by class; null where none came.</summary>
    internal Latencies? FirstEvents
    {
        get => _firstEvents;
        set => _firstEvents = value;
    }

    internal void AddCost(decimal? amount, decimal wasted, DateOnly? asOf, bool isComplete)
    {
        Cost = amount is null ? Cost : (Cost ?? 0) + amount;
        Wasted += wasted;
        CostAsOf = asOf is { } date && !(CostAsOf < date) ? date : CostAsOf;
        IsCostComplete &= isComplete;
    }
}
