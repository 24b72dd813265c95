namespace Orchestrator.Engine.Statistics;

/// <summary>What a run has come on by.</summary>
internal readonly record struct RunProgress(long Events, long InputTokens, long OutputTokens, long Reattaches, long Fallbacks)
{
    /// <summary>Milliseconds from the submission to the first event, where that is among it.</summary>
    public long? FirstEventAfter { get; init; }
}
