namespace Orchestrator.Gateway;

/// <summary>Retries that the gateway makes by itself, before it answers. Null is the gateway's setting.</summary>
public sealed record GatewayRetries
{
    public const int MaxMaxAttempts = 5;
    public const int MaxRetryDelayMs = 5_000;

    /// <summary>1 to 5.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Milliseconds, at most 5,000.</summary>
    public int? RetryDelayMs { get; init; }

    public GatewayBackoff? Backoff { get; init; }
}
