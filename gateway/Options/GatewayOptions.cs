using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>What a request asks of the gateway. Null is the gateway's own setting.</summary>
public sealed record GatewayOptions
{
    public const int MaxMetadata = 5;

    private const string DefaultId = "default";

    private readonly string? _id;

    /// <summary>Which gateway of the account. Where it is not set, that of the defaults, and without one there <c>default</c>.</summary>
    public string Id
    {
        get => _id ?? DefaultId;
        init => _id = value;
    }

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

    /// <summary>Which of the keys that are stored at the gateway for a provider. It needs the gateway path.</summary>
    public string? ByokAlias { get; init; }

    public CustomCost? CustomCost { get; init; }

    /// <summary>Everything that is wrong with them; empty when nothing is. Fields are named as in JSON: <c>retries/maxAttempts</c>.</summary>
    public IReadOnlyList<ConfigProblem> Validate() => GatewayOptionsRules.Check(this);

    /// <summary>These, and of the defaults what these leave open. Metadata is merged name by name, these win.</summary>
    internal GatewayOptions Over(GatewayOptions defaults) => this with
    {
        Id = _id ?? defaults.Id,
        SkipCache = SkipCache ?? defaults.SkipCache,
        CacheTtl = CacheTtl ?? defaults.CacheTtl,
        CacheKey = CacheKey ?? defaults.CacheKey,
        CollectLog = CollectLog ?? defaults.CollectLog,
        Metadata = Merge(Metadata, defaults.Metadata),
        EventId = EventId ?? defaults.EventId,
        RequestTimeoutMs = RequestTimeoutMs ?? defaults.RequestTimeoutMs,
        Retries = Retries ?? defaults.Retries,
        Zdr = Zdr ?? defaults.Zdr,
        ByokAlias = ByokAlias ?? defaults.ByokAlias,
        CustomCost = CustomCost ?? defaults.CustomCost,
    };

    private static IReadOnlyDictionary<string, JsonElement>? Merge(
        IReadOnlyDictionary<string, JsonElement>? own, IReadOnlyDictionary<string, JsonElement>? defaults)
    {
        if (own is null || defaults is null)
        {
            return own ?? defaults;
        }

        var merged = new Dictionary<string, JsonElement>(defaults, StringComparer.Ordinal);
        foreach (var (name, value) in own)
        {
            merged[name] = value;
        }

        return merged;
    }
}
