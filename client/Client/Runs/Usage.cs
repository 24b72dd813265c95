namespace Orchestrator.Client;

/// <summary>Tokens as the provider counts them; null where it does not say.</summary>
public sealed record Usage
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? TotalTokens { get; init; }

    /// <summary>Of the input: read from the provider's cache.</summary>
    public long? CacheReadTokens { get; init; }

    /// <summary>Of the input: written into the provider's cache.</summary>
    public long? CacheWriteTokens { get; init; }
}
