namespace Orchestrator.Client;

/// <summary>How long to wait between tries, and when to stop trying.</summary>
public sealed record BackoffPolicy
{
    /// <summary>Wait before the second try. Default 250 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Each wait doubles the one before, up to this. Default 15 s. A longer <c>Retry-After</c> is honoured all the same.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Part of each wait that is random, so that readers which a restart dropped together do not come back together. 0 to 1; default 0.5.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>Stop when nothing was heard of the service for this long, or would not be before the next try.
    /// Zero: one try. <see cref="Timeout.InfiniteTimeSpan"/>: never stop.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <exception cref="ArgumentException">A wait is negative, the longest is shorter than the first, or the jitter is not from 0 to 1.</exception>
    internal void Check(string name)
    {
        if (FirstDelay < TimeSpan.Zero || MaxDelay < FirstDelay)
        {
            throw new ArgumentException($"The waits must satisfy 0 <= FirstDelay ({FirstDelay}) <= MaxDelay ({MaxDelay}).", name);
        }

        if (Jitter is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"Jitter must be from 0 to 1, not {Jitter}.", name);
        }

        if (GiveUpAfter < TimeSpan.Zero && GiveUpAfter != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException($"GiveUpAfter must not be negative; Timeout.InfiniteTimeSpan is for ever. It is {GiveUpAfter}.", name);
        }
    }

    internal bool GivesUp(TimeSpan silence, TimeSpan nextDelay) =>
        GiveUpAfter != Timeout.InfiniteTimeSpan && silence + nextDelay >= GiveUpAfter;
}
