namespace Orchestrator.Client;

/// <summary>Retries that the gateway makes by itself.</summary>
public sealed record GatewayRetries
{
    /// <summary>1 to 5.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Milliseconds, at most 5,000.</summary>
    public int? RetryDelayMs { get; init; }

    public RetryBackoff? Backoff { get; init; }
}
