using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Money;

/// <summary>The prices of models, by their names. A model that is not in it has an unknown price, not none.</summary>
/// <param name="prices">Of each model one, or several that follow each other, each from its date on; at least one.</param>
public sealed class PriceTable(IReadOnlyDictionary<string, IReadOnlyList<ModelPrice>> prices)
{
    public static readonly PriceTable Empty = new(new Dictionary<string, IReadOnlyList<ModelPrice>>(StringComparer.Ordinal));

    /// <summary>How many models have a price.</summary>
    public int Count => prices.Count;

    /// <summary>Null: the price is unknown, or the tokens are.</summary>
    /// <param name="model">As the caller wrote it.</param>
    /// <param name="usage">What is paid for.</param>
    /// <param name="sentAt">When it was asked for; Unix milliseconds.</param>
    public RunCost? Of(string model, TokenCounts? usage, long sentAt)
    {
        if (!prices.TryGetValue(model, out var all))
        {
            return null;
        }

        var price = At(all, DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(sentAt).UtcDateTime));
        return price.Of(usage) is { } amount ? new RunCost { Amount = amount, AsOf = price.AsOf } : null;
    }

    /// <summary>The latest that holds by then; before all of them, the first one: it is the best that is known.</summary>
    private static ModelPrice At(IReadOnlyList<ModelPrice> all, DateOnly day)
    {
        ModelPrice? first = null, latest = null;
        foreach (var price in all)
        {
            first = first is null || price.AsOf < first.AsOf ? price : first;
            latest = price.AsOf <= day && (latest is null || price.AsOf > latest.AsOf) ? price : latest;
        }

        return latest ?? first!;
    }
}
