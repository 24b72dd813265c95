namespace Orchestrator.Client;

/// <summary>The waits of one sequence of tries. Not thread safe.</summary>
internal sealed class Backoff(BackoffPolicy policy, Func<double> random)
{
    private TimeSpan _next = policy.FirstDelay;

    /// <summary>Tries since the last progress.</summary>
    public int Tries { get; private set; }

    public TimeSpan Next(TimeSpan? retryAfter)
    {
        var delay = _next * (1 - (policy.Jitter * random()));
        _next = _next * 2 < policy.MaxDelay ? _next * 2 : policy.MaxDelay;
        Tries++;

        // Asked for a wait, the jitter goes on top: nobody comes back early, and not everybody at once.
        return retryAfter is { } asked && asked > TimeSpan.Zero ? asked + (policy.FirstDelay * policy.Jitter * random()) : delay;
    }

    public void Reset()
    {
        _next = policy.FirstDelay;
        Tries = 0;
    }
}
