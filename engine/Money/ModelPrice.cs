namespace Orchestrator.Engine.Money;

/// <summary>What a model's tokens cost, in US dollars for a million.</summary>
/// <param name="Input">Of input tokens.</param>
/// <param name="Output">Of output tokens.</param>
/// <param name="AsOf">When that was so.</param>
public sealed record ModelPrice(decimal Input, decimal Output, DateOnly AsOf)
{
    private const decimal Million = 1_000_000m;

    public decimal Of(long inputTokens, long outputTokens) => ((inputTokens * Input) + (outputTokens * Output)) / Million;
}
