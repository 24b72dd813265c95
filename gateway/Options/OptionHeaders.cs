using System.Globalization;

namespace Orchestrator.Gateway;

/// <summary>The options of a request as headers: what the REST API, the gateway endpoints and universal entries take.</summary>
internal static class OptionHeaders
{
    public const string Authorization = "cf-aig-authorization";
    public const string GatewayId = "cf-aig-gateway-id";
    public const string SessionAffinity = "x-session-affinity";
    public const string Zdr = "cf-aig-zdr";
    public const string CustomCost = "cf-aig-custom-cost";
    public const string ByokAlias = "cf-aig-byok-alias";

    /// <summary>Those that are set, the gateway's id not among them.</summary>
    public static IReadOnlyList<OptionHeader> Of(GatewayOptions options, string? sessionAffinity)
    {
        var headers = new List<OptionHeader>();
        Add("cf-aig-skip-cache", Text(options.SkipCache), "skipCache");
        Add("cf-aig-cache-ttl", Text(options.CacheTtl), "cacheTtl");
        Add("cf-aig-cache-key", options.CacheKey, "cacheKey");
        Add("cf-aig-collect-log", Text(options.CollectLog), "collectLog");
        Add("cf-aig-metadata", options.Metadata is { } metadata ? MetadataHeader.Write(metadata) : null, "metadata");
        Add("cf-aig-event-id", options.EventId, "eventId");
        Add("cf-aig-request-timeout", Text(options.RequestTimeoutMs), "requestTimeoutMs");
        Add("cf-aig-max-attempts", Text(options.Retries?.MaxAttempts), "retries.maxAttempts");
        Add("cf-aig-retry-delay", Text(options.Retries?.RetryDelayMs), "retries.retryDelayMs");
        Add("cf-aig-backoff", Text(options.Retries?.Backoff), "retries.backoff");
        Outside(options, sessionAffinity, Add);
        return headers;

        void Add(string name, string? value, string option)
        {
            if (value is not null)
            {
                headers.Add(new OptionHeader(name, value, option));
            }
        }
    }

    /// <summary>Those that the binding has no field for: they go among its extra headers.</summary>
    public static IReadOnlyList<OptionHeader> OutsideTheBinding(GatewayOptions options, string? sessionAffinity)
    {
        var headers = new List<OptionHeader>();
        Outside(options, sessionAffinity, (name, value, option) =>
        {
            if (value is not null)
            {
                headers.Add(new OptionHeader(name, value, option));
            }
        });
        return headers;
    }

    internal static string? Text(GatewayBackoff? backoff) => backoff switch
    {
        GatewayBackoff.Constant => "constant",
        GatewayBackoff.Linear => "linear",
        GatewayBackoff.Exponential => "exponential",
        _ => null,
    };

    private static void Outside(GatewayOptions options, string? sessionAffinity, Action<string, string?, string> add)
    {
        add(SessionAffinity, sessionAffinity, "sessionAffinity");
        add(Zdr, Text(options.Zdr), "zdr");
        add(ByokAlias, options.ByokAlias, "byokAlias");
        add(CustomCost, Text(options.CustomCost), "customCost");
    }

    private static string? Text(bool? value) => value switch { true => "true", false => "false", null => null };

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(CustomCost? cost) => cost is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{{\"per_token_in\":{cost.PerTokenIn},\"per_token_out\":{cost.PerTokenOut}}}");
}
