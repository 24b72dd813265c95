using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Options;

public sealed class GatewayOptionsTests
{
    public static TheoryData<GatewayOptions, string[]> Cases => new()
    {
        { new(), [] },
        {
            new()
            {
                Id = "my gateway", SkipCache = true, CacheTtl = 0, CacheKey = "k", CollectLog = false, EventId = "e", RequestTimeoutMs = 1, Zdr = true,
                Retries = new() { MaxAttempts = 5, RetryDelayMs = 5_000, Backoff = GatewayBackoff.Linear },
                Metadata = Metadata("{\"a\":1,\"b\":\"x\",\"c\":true,\"d\":null,\"e\":9007199254740993}"),
            },
            []
        },
        { new() { Retries = new() { MaxAttempts = 1, RetryDelayMs = 0 } }, [] },
        { new() { Id = "" }, ["id"] },
        { new() { Id = ".." }, ["id"] },
        { new() { CacheTtl = -1 }, ["cacheTtl"] },
        { new() { RequestTimeoutMs = 0 }, ["requestTimeoutMs"] },
        { new() { CacheKey = "a\r\nb" }, ["cacheKey"] },
        { new() { EventId = "" }, ["eventId"] },
        { new() { Retries = new() { MaxAttempts = 0 } }, ["retries/maxAttempts"] },
        { new() { Retries = new() { MaxAttempts = 6 } }, ["retries/maxAttempts"] },
        { new() { Retries = new() { RetryDelayMs = 5_001 } }, ["retries/retryDelayMs"] },
        { new() { Retries = new() { RetryDelayMs = -1, Backoff = (GatewayBackoff)9 } }, ["retries/retryDelayMs", "retries/backoff"] },
        { new() { Metadata = Metadata("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1}") }, ["metadata"] },
        { new() { Metadata = Metadata("{\"a\":{},\"b/c~\":[1],\"c\":1}") }, ["metadata/a", "metadata/b~1c~0"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Everything_wrong_is_named(GatewayOptions options, string[] fields)
    {
        var problems = options.Validate();

        Assert.Equal(fields, problems.Select(problem => problem.Field).ToArray());
        Assert.All(problems, problem => Assert.NotEmpty(problem.Message));
    }

    private static Dictionary<string, JsonElement> Metadata(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
