using Microsoft.Extensions.Configuration;
using Orchestrator.Engine.Runs;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Scenarios.Tests;

public sealed class PriceSettingsTests
{
    private static readonly TokenCounts Usage = new() { InputTokens = 1_000, OutputTokens = 10, CacheReadTokens = 600, CacheWriteTokens = 300 };

    /// <summary>100 plain, 600 read, 300 written, and 10 of output at 5: in millionths of a dollar.</summary>
    [Theory]
    [InlineData(null, null, "1050")]
    [InlineData("0.1", null, "510")]
    [InlineData(null, "1.25", "1125")]
    [InlineData("0.1", "1.25", "585")]
    [InlineData("0", "0", "150")]
    public void Cached_tokens_have_a_price_where_one_is_set_and_that_of_the_others_where_none_is(string? cached, string? written, string millionths)
    {
        var prices = Read(("CachedInput", cached), ("CacheWrite", written));

        Assert.Equal(decimal.Parse(millionths, System.Globalization.CultureInfo.InvariantCulture) / 1_000_000m, prices.Of("openai/a", Usage, 0)!.Amount);
    }

    [Fact]
    public void Names_are_found_in_any_letters_as_configuration_has_them()
    {
        var prices = Read(("cachedinput", "0.1"), ("CACHEWRITE", "1.25"));

        Assert.Equal(0.000585m, prices.Of("OpenAI/A", Usage, 0)!.Amount);
    }

    [Theory]
    [InlineData("CachedInput", "-1")]
    [InlineData("CachedInput", "")]
    [InlineData("CachedInput", "0,1")]
    [InlineData("CacheWrite", "cheap")]
    [InlineData("CacheWrite", "1000001")]
    [InlineData("CacheRead", "0.1")]
    [InlineData("Input", null)]
    [InlineData("Output", "NaN")]
    [InlineData("AsOf", "25.11.2026")]
    public void What_is_no_price_stops_the_start_and_is_named(string field, string? value)
    {
        var problem = Assert.Throws<SettingsException>(() => Read((field, value)));
        Assert.Contains($"Prices:openai/a:{field}", problem.Message, StringComparison.Ordinal);
        Assert.Contains("CachedInput and CacheWrite", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_price_that_changes_is_a_list()
    {
        var prices = Read(
            ("Input", null), ("Output", null), ("AsOf", null),
            ("0:Input", "2"), ("0:Output", "5"), ("0:AsOf", "2026-12-01"), ("1:Input", "1"), ("1:Output", "5"), ("1:AsOf", "2026-01-01"), ("1:CachedInput", "0.5"));

        var change = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        Assert.Equal((0.00075m, new DateOnly(2026, 1, 1)), (prices.Of("openai/a", Usage, change - 1)!.Amount, prices.Of("openai/a", Usage, change - 1)!.AsOf));
        Assert.Equal((0.00205m, new DateOnly(2026, 12, 1)), (prices.Of("openai/a", Usage, change)!.Amount, prices.Of("openai/a", Usage, change)!.AsOf));
        Assert.Equal(1, prices.Count);
    }

    [Theory]
    [InlineData("1:AsOf", "2026-12-01", "Prices:openai/a:1:AsOf is that of another price")]
    [InlineData("1:AsOf", null, "Prices:openai/a:1:AsOf is missing")]
    [InlineData("Input", "1", "Prices:openai/a:0 is no setting")]
    public void A_list_that_is_none_stops_the_start_and_is_named(string field, string? value, string told)
    {
        var problem = Assert.Throws<SettingsException>(() => Read(
            ("Input", null), ("Output", null), ("AsOf", null),
            ("0:Input", "2"), ("0:Output", "5"), ("0:AsOf", "2026-12-01"), ("1:Input", "1"), ("1:Output", "5"), ("1:AsOf", "2026-01-01"), (field, value)));
        Assert.Contains(told, problem.Message, StringComparison.Ordinal);
    }

    private static Orchestrator.Engine.Money.PriceTable Read(params (string Field, string? Value)[] fields)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Prices:openai/a:Input"] = "1",
            ["Prices:openai/a:Output"] = "5",
            ["Prices:openai/a:AsOf"] = "2026-11-25",
        };
        foreach (var (field, value) in fields)
        {
            settings[$"Prices:openai/a:{field}"] = value;
        }

        var set = settings.Where(static setting => setting.Value is not null);
        return PriceSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(set).Build().GetSection("Prices"));
    }
}
