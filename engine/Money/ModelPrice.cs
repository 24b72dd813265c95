using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Money;

/// <summary>What a model's tokens cost, in US dollars for a million.</summary>
/// <param name="Input">Of input tokens.</param>
/// <param name="Output">Of output tokens.</param>
/// <param name="AsOf">When that was so, and from when on where another one came before it; in UTC.</param>
public sealed record ModelPrice(decimal Input, decimal Output, DateOnly AsOf)
{
    private const decimal Million = 1_000_000m;

    /// <summary>Of input tokens that the provider read from its cache; null: as all others.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Of input tokens that the provider wrote into its cache; null: as all others.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Null: it is not known how many there were. Exact: decimal, to a millionth of the price's last digit.</summary>
    public decimal? Of(TokenCounts? usage)
    {
        // What can not be is as good as not told.
        if (usage is not { InputTokens: >= 0 and var input, OutputTokens: >= 0 and var output })
        {
            return null;
        }

        // A provider that tells of more cached tokens than tokens is not to make anything negative.
        var read = Math.Clamp(usage.CacheReadTokens ?? 0, 0, input);
        var written = Math.Clamp(usage.CacheWriteTokens ?? 0, 0, input - read);
        var cached = (read * (CachedInput ?? Input)) + (written * (CacheWrite ?? Input));
        return (((input - read - written) * Input) + cached + (output * Output)) / Million;
    }
}
