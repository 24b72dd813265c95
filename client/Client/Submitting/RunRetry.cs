namespace Orchestrator.Client;

/// <summary>Retries of one leg before its first event.</summary>
public sealed record RunRetry
{
    public int? MaxAttempts { get; init; }

    /// <summary>Milliseconds before the first retry.</summary>
    public int? DelayMs { get; init; }

    /// <summary>Longest wait between two, in milliseconds.</summary>
    public int? MaxDelayMs { get; init; }

    public RetryBackoff? Backoff { get; init; }
}
