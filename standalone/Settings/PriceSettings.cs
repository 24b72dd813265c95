using System.Globalization;
using Microsoft.Extensions.Configuration;
using Orchestrator.Engine.Money;

namespace Orchestrator.Standalone.Settings;

/// <summary>The section <c>Prices</c>: what models' tokens cost, by the models' names.</summary>
public static class PriceSettings
{
    private const string Known =
        "Input and Output (US dollars for a million tokens), AsOf (the date of the price, such as 2026-11-25), and where they differ CachedInput and CacheWrite";

    /// <exception cref="SettingsException">A price can not be followed: a wrong one would be believed.</exception>
    public static PriceTable Read(IConfigurationSection section)
    {
        var prices = new Dictionary<string, IReadOnlyList<ModelPrice>>(StringComparer.OrdinalIgnoreCase);
        foreach (var model in section.GetChildren())
        {
            prices[model.Key] = ReadAll(model);
        }

        return new PriceTable(prices);
    }

    /// <summary>One price, or a list of them.</summary>
    private static List<ModelPrice> ReadAll(IConfigurationSection model)
    {
        var items = model.GetChildren().ToList();
        if (items.Count == 0 || !items.TrueForAll(static item => int.TryParse(item.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return [ReadOne(model)];
        }

        var all = new List<ModelPrice>();
        foreach (var item in items)
        {
            var price = ReadOne(item);
            if (all.Exists(other => other.AsOf == price.AsOf))
            {
                throw new SettingsException($"{item.Path}:AsOf is that of another price of the model: give each the day from which on it holds.");
            }

            all.Add(price);
        }

        return all;
    }

    private static ModelPrice ReadOne(IConfigurationSection model)
    {
        if (model.GetChildren().FirstOrDefault(static field => !IsKnown(field.Key)) is { } unknown)
        {
            throw new SettingsException($"{unknown.Path} is no setting: a price has {Known}.");
        }

        return new ModelPrice(Amount(model, "Input"), Amount(model, "Output"), Date(model))
        {
            CachedInput = model["CachedInput"] is null ? null : Amount(model, "CachedInput"),
            CacheWrite = model["CacheWrite"] is null ? null : Amount(model, "CacheWrite"),
        };
    }

    private static bool IsKnown(string field) => field.ToUpperInvariant() is "INPUT" or "OUTPUT" or "ASOF" or "CACHEDINPUT" or "CACHEWRITE";

    private static decimal Amount(IConfigurationSection model, string name) =>
        decimal.TryParse(model[name], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= 1_000_000m
            ? amount
            : throw new SettingsException($"{model.Path}:{name} is missing or no amount: a price has {Known}.");

    private static DateOnly Date(IConfigurationSection model) =>
        DateOnly.TryParseExact(model["AsOf"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new SettingsException($"{model.Path}:AsOf is missing or no date: a price has {Known}.");
}
