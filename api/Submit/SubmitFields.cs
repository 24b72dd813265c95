namespace Orchestrator.Api.Submit;

/// <summary>The fields of a submission, by the object they are in, in the order of <c>api.md</c>.</summary>
internal static class SubmitFields
{
    public static readonly IReadOnlyList<string> Run =
    [
        "model", "input", "task", "n", "fallback", "retry", "resume", "onResumeExpired", "onStreamFailure", "transport", "gateway", "byok", "byokAlias",
        "zdr", "extraHeaders", "sessionAffinity", "timeouts", "metadata", "webhook",
    ];

    public static readonly IReadOnlyList<string> Fallback = ["mode", "models", "inputs"];

    public static readonly IReadOnlyList<string> Retry = ["maxAttempts", "delayMs", "maxDelayMs", "backoff"];

    public static readonly IReadOnlyList<string> Gateway =
        ["id", "skipCache", "cacheTtl", "cacheKey", "collectLog", "metadata", "eventId", "requestTimeoutMs", "retries"];

    public static readonly IReadOnlyList<string> GatewayRetries = ["maxAttempts", "retryDelayMs", "backoff"];

    public static readonly IReadOnlyList<string> Timeouts = ["firstEventMs", "idleMs", "totalMs"];

    public static readonly IReadOnlyList<string> Webhook = ["url", "events"];
}
