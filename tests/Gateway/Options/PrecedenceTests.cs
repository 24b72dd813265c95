using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Options;

/// <summary>A request's own options go before the defaults, one by one, and what it leaves open is theirs.</summary>
public sealed class PrecedenceTests
{
    private static readonly GatewayOptions Some = new()
    {
        Id = "a", SkipCache = false, CacheTtl = 1, CacheKey = "a", CollectLog = false, EventId = "a", RequestTimeoutMs = 1,
        Retries = new() { MaxAttempts = 1 }, Zdr = false, ByokAlias = "a", CustomCost = new CustomCost(1, 1), Metadata = Metadata("a"),
    };

    private static readonly GatewayOptions Others = new()
    {
        Id = "b", SkipCache = true, CacheTtl = 2, CacheKey = "b", CollectLog = true, EventId = "b", RequestTimeoutMs = 2,
        Retries = new() { MaxAttempts = 2 }, Zdr = true, ByokAlias = "b", CustomCost = new CustomCost(2, 2), Metadata = Metadata("b"),
    };

    [Fact]
    public void What_the_request_says_holds_and_what_it_does_not_is_the_defaults()
    {
        foreach (var option in typeof(GatewayOptions).GetProperties().Where(static option => option.CanWrite))
        {
            Assert.NotEqual(Told(option, Some), Told(option, Others), StringComparer.Ordinal);
            Assert.Equal(Told(option, Some), Told(option, Some.Over(Others)));
            Assert.Equal(Told(option, Others), Told(option, new GatewayOptions().Over(Others)));
            Assert.Equal(Told(option, Some), Told(option, Some.Over(new GatewayOptions())));
        }
    }

    [Fact]
    public void Where_neither_names_a_gateway_it_is_the_default_one()
    {
        Assert.Equal("default", new GatewayOptions().Over(new GatewayOptions()).Id);
        Assert.Equal("default", new GatewayOptions { Id = "default" }.Over(Others).Id);
    }

    private static string Told(System.Reflection.PropertyInfo option, GatewayOptions options) => JsonSerializer.Serialize(option.GetValue(options));

    private static Dictionary<string, JsonElement> Metadata(string value) =>
        new(StringComparer.Ordinal) { ["who"] = JsonSerializer.SerializeToElement(value) };
}
