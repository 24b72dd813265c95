namespace Orchestrator.Engine.Webhooks;

/// <summary>When a delivery is tried again. Delays double from the first to the longest.</summary>
public sealed record WebhookSchedule
{
    private const int MostDoublings = 30;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Counted from the first try, so that a service that was down for longer still makes one.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The delivery after one more failed try; its <see cref="WebhookDelivery.NextTryAt"/> is null where there will be no other.
    /// </summary>
    /// <param name="delivery">As it was before the try.</param>
    /// <param name="now">When the try failed.</param>
    /// <param name="retryAfter">What the receiver asked for; the longer of this and the back-off counts.</param>
    /// <param name="jitter">In [0, 1): up to half of the back-off is taken off.</param>
    public WebhookDelivery AfterFailure(WebhookDelivery delivery, DateTimeOffset now, TimeSpan? retryAfter, double jitter)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var first = delivery.FirstTryAt ?? now;
        var wait = BackOff(delivery.Tries) * (1 - (jitter / 2));
        if (retryAfter > wait)
        {
            wait = retryAfter.Value;
        }

        // Compared as durations: a receiver may ask for more time than the calendar has.
        var inTime = wait <= first + GiveUpAfter - now;
        return delivery with { Tries = delivery.Tries + 1, FirstTryAt = first, NextTryAt = inTime ? now + wait : null };
    }

    private TimeSpan BackOff(int failedBefore)
    {
        var seconds = FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(failedBefore, MostDoublings));
        return seconds < MaxDelay.TotalSeconds ? TimeSpan.FromSeconds(seconds) : MaxDelay;
    }
}
