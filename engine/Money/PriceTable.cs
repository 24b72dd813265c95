using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Money;

/// <summary>The prices of models, by their names. A model that is not in it has an unknown price, not none.</summary>
public sealed class PriceTable(IReadOnlyDictionary<string, ModelPrice> prices)
{
    public static readonly PriceTable Empty = new(new Dictionary<string, ModelPrice>(StringComparer.Ordinal));

    public int Count => prices.Count;

    /// <summary>Null: the price is unknown, or the tokens are.</summary>
    public RunCost? Of(string model, TokenCounts? usage)
    {
        return prices.TryGetValue(model, out var price) && price.Of(usage) is { } amount
            ? new RunCost { Amount = amount, AsOf = price.AsOf }
            : null;
    }
}
