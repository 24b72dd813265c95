namespace Orchestrator.Emulator.Http;

/// <summary>The gateway's own header names.</summary>
internal static class Headers
{
    public const string RunId = "cf-aig-run-id";
    public const string LogId = "cf-aig-log-id";
    public const string CacheStatus = "cf-aig-cache-status";
    public const string CacheTtl = "cf-aig-cache-ttl";
    public const string CacheKey = "cf-aig-cache-key";
    public const string SkipCache = "cf-aig-skip-cache";
    public const string Step = "cf-aig-step";
    public const string Metadata = "cf-aig-metadata";
    public const string RequestTimeout = "cf-aig-request-timeout";
    public const string MaxAttempts = "cf-aig-max-attempts";
    public const string RetryDelay = "cf-aig-retry-delay";
    public const string Backoff = "cf-aig-backoff";
    public const string GatewayId = "cf-aig-gateway-id";
    public const string Authorization = "cf-aig-authorization";
    public const string CollectLog = "cf-aig-collect-log";

    /// <summary>The caller's own key for counting dispatches; not one of the gateway's.</summary>
    public const string EmulatorKey = "x-emulator-key";
}
