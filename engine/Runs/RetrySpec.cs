namespace Orchestrator.Engine.Runs;

/// <summary>Retries of one leg after failures before the first event.</summary>
public sealed record RetrySpec
{
    /// <summary>Dispatches per leg, the first included.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Before the second attempt, in milliseconds.</summary>
    public int DelayMs { get; init; } = 500;

    /// <summary>The longest delay, in milliseconds, and the longest <c>Retry-After</c> that is waited for while another leg is left.</summary>
    public int MaxDelayMs { get; init; } = 30_000;

    public Backoff Backoff { get; init; } = Backoff.Exponential;
}
