using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>What a request asks of the gateway. Null is the gateway's own setting.</summary>
public sealed record GatewayOptions
{
    public const int MaxMetadata = 5;

    /// <summary>Which gateway of the account.</summary>
    public string Id { get; init; } = "default";

    public bool? SkipCache { get; init; }

    /// <summary>Seconds.</summary>
    public int? CacheTtl { get; init; }

    /// <summary>Instead of the one that the gateway makes of the request.</summary>
    public string? CacheKey { get; init; }

    /// <summary>Whether the gateway keeps a log of the request.</summary>
    public bool? CollectLog { get; init; }

    /// <summary>At most 5 texts, numbers or booleans, for the log.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>The caller's id of the request, for the log.</summary>
    public string? EventId { get; init; }

    /// <summary>Milliseconds to the first byte of the provider's answer.</summary>
    public int? RequestTimeoutMs { get; init; }

    public GatewayRetries? Retries { get; init; }

    /// <summary>Zero data retention.</summary>
    public bool? Zdr { get; init; }

    /// <summary>Everything that is wrong with them; empty when nothing is. Fields are named as in JSON: <c>retries/maxAttempts</c>.</summary>
    public IReadOnlyList<ConfigProblem> Validate() => GatewayOptionsRules.Check(this);
}
