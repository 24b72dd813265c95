namespace Orchestrator.Client;

/// <summary>Tokens as the provider counts them; null where it does not say.</summary>
public sealed record Usage
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? TotalTokens { get; init; }
}
