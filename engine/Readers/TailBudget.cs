namespace Orchestrator.Engine.Readers;

/// <summary>
/// How much of each run stays in memory: an equal share of one budget, so that few fast runs keep much and a thousand slow ones keep
/// little. Thread-safe.
/// </summary>
public sealed class TailBudget(long totalBytes = 16 * 1024 * 1024)
{
    private const long Least = 4 * 1024;
    private const long Most = 1024 * 1024;
    private int _runs;

    public long PerRun => Math.Clamp(totalBytes / Math.Max(1, Volatile.Read(ref _runs)), Least, Most);

    internal void Add() => Interlocked.Increment(ref _runs);

    internal void Remove() => Interlocked.Decrement(ref _runs);
}
