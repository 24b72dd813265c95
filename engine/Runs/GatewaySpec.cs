using System.Text.Json;

namespace Orchestrator.Engine.Runs;

/// <summary>Options for the gateway, as submitted (<c>gateway.md</c> §3).</summary>
public sealed record GatewaySpec
{
    /// <summary>Null: the service's own setting.</summary>
    public string? Id { get; init; }

    public bool? SkipCache { get; init; }

    /// <summary>Seconds.</summary>
    public int? CacheTtl { get; init; }

    public string? CacheKey { get; init; }

    public bool? CollectLog { get; init; }

    /// <summary>At most five scalar values.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    public string? EventId { get; init; }

    public int? RequestTimeoutMs { get; init; }

    public GatewayRetrySpec? Retries { get; init; }
}
