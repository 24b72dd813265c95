namespace Orchestrator.Engine.Runs;

/// <summary>Retries that the gateway itself makes.</summary>
public sealed record GatewayRetrySpec
{
    /// <summary>1 to 5.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>At most 5,000 ms.</summary>
    public int? RetryDelayMs { get; init; }

    public Backoff? Backoff { get; init; }
}
