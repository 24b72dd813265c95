using System.Text.Json.Nodes;

namespace Orchestrator.Client;

/// <summary>Options of the AI Gateway.</summary>
public sealed record RunGateway
{
    public string? Id { get; init; }

    public bool? SkipCache { get; init; }

    /// <summary>Seconds.</summary>
    public int? CacheTtl { get; init; }

    public string? CacheKey { get; init; }

    public bool? CollectLog { get; init; }

    /// <summary>At most 5 scalar values, noted on the gateway's log.</summary>
    public JsonObject? Metadata { get; init; }

    public string? EventId { get; init; }

    /// <summary>Milliseconds to the first byte.</summary>
    public int? RequestTimeoutMs { get; init; }

    public GatewayRetries? Retries { get; init; }
}
