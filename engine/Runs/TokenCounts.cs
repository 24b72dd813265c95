namespace Orchestrator.Engine.Runs;

/// <summary>Tokens as the upstream reports them; null is unknown.</summary>
public sealed record TokenCounts
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? TotalTokens { get; init; }
}
