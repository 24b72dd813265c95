namespace Orchestrator.Engine.Runs;

/// <summary>Tokens as the upstream reports them; null is unknown.</summary>
public sealed record TokenCounts
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? TotalTokens { get; init; }

    /// <summary>The part of the input that was read from the provider's cache, where it is told apart.</summary>
    public long? CacheReadTokens { get; init; }

    /// <summary>The part of the input that was written into the provider's cache, where it is told apart.</summary>
    public long? CacheWriteTokens { get; init; }
}
