using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Webhooks;

/// <summary>
/// Carries deliveries from the run's submission to their settlement: waits for the end, tries, waits, tries again. Thread-safe.
/// </summary>
internal sealed class WebhookCourier(
    IRuns runs,
    IWebhookOutbox outbox,
    WebhookSender sender,
    WebhookSchedule schedule,
    DeliverySlots slots,
    TimeProvider clock,
    Jitter jitter,
    ILogger log)
{
    /// <summary>The longest single wait for a run's end.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMinutes(10);

    /// <summary>Before a run is asked again that has not ended, yet nobody here works on it; doubles up to <see cref="Slice"/>.</summary>
    public static readonly TimeSpan FirstRecheck = TimeSpan.FromSeconds(5);

    /// <exception cref="OperationCanceledException">Stopped: what is owed is in the outbox.</exception>
    public async Task CarryAsync(WebhookDelivery delivery, CancellationToken stop)
    {
        if (UrlOf(delivery) is not { } url)
        {
            await SettleAsync(delivery);
            log.GaveUp(delivery.Run, "its receiver", delivery.Tries, "the URL is not one of http or https");
            return;
        }

        // Never more of the URL in a log: no user, path or query.
        var receiver = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        while (true)
        {
            await UntilAsync(delivery.NextTryAt, stop);
            var outcome = await TryAtEndAsync(delivery, url, receiver, stop);
            if (outcome is not TryOutcome.Failed failed)
            {
                await SettleAsync(delivery);
                Note(delivery, receiver, outcome);
                return;
            }

            delivery = schedule.AfterFailure(delivery, clock.GetUtcNow(), failed.RetryAfter, jitter.Next());
            if (delivery.NextTryAt is not { } next)
            {
                await SettleAsync(delivery);
                log.GaveUp(delivery.Run, receiver, delivery.Tries, failed.Reason);
                return;
            }

            await RecordAsync(delivery);
            log.TryFailed(delivery.Run, delivery.Tries, receiver, next, failed.Reason);
        }
    }

    private async Task<TryOutcome> TryAtEndAsync(WebhookDelivery delivery, Uri url, string receiver, CancellationToken stop)
    {
        var recheck = FirstRecheck;
        while (true)
        {
            var asked = clock.GetTimestamp();
            var outcome = await WaitForEndAsync(delivery, stop) ? await TryAsync(delivery, url, receiver, stop) : new TryOutcome.NotEnded();
            if (outcome is not TryOutcome.NotEnded)
            {
                return outcome;
            }

            if (clock.GetElapsedTime(asked) < Slice)
            {
                await Task.Delay(recheck, clock, stop);
                recheck = recheck * 2 < Slice ? recheck * 2 : Slice;
            }
        }
    }

    /// <summary>True: it is worth to look at the run. False: it could not be asked.</summary>
    private async Task<bool> WaitForEndAsync(WebhookDelivery delivery, CancellationToken stop)
    {
        try
        {
            // Whether there is such a run at all is seen by the look.
            await runs.WaitForEndAsync(delivery.Tenant, delivery.Run, Slice, stop);
            return true;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.RunUnknown(delivery.Run, failure.Message);
            return false;
        }
    }

    private async Task<TryOutcome> TryAsync(WebhookDelivery delivery, Uri url, string receiver, CancellationToken stop)
    {
        using var slot = await slots.EnterAsync(receiver, stop);
        try
        {
            var run = await runs.GetAsync(delivery.Tenant, delivery.Run, stop);
            if (run is null)
            {
                return new TryOutcome.NoRun();
            }

            if (!run.Status.IsEnded())
            {
                return new TryOutcome.NotEnded();
            }

            return delivery.Wants(run.Status)
                ? await sender.SendAsync(url, delivery.MessageId, WebhookBody.Write(run), stop)
                : new TryOutcome.NotWanted();
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // Whatever it is, the receiver is still owed; and it counts, so that a run which can not be read is not tried for ever.
            return new TryOutcome.Failed(failure.Message, null);
        }
    }

    private void Note(WebhookDelivery delivery, string receiver, TryOutcome outcome)
    {
        switch (outcome)
        {
            case TryOutcome.Delivered:
                log.Delivered(delivery.Run, receiver);
                break;
            case TryOutcome.Gone:
                log.ReceiverGone(delivery.Run, receiver);
                break;
            case TryOutcome.NoRun:
                log.RunGone(delivery.Run);
                break;
            case TryOutcome.NotWanted:
                log.NotWanted(delivery.Run, receiver);
                break;
        }
    }

    private Task UntilAsync(DateTimeOffset? time, CancellationToken stop) =>
        time - clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero ? Task.Delay(wait, clock, stop) : Task.CompletedTask;

    private async Task RecordAsync(WebhookDelivery delivery)
    {
        try
        {
            await outbox.RecordAsync(delivery, CancellationToken.None);
        }
        catch (JournalUnavailableException unavailable)
        {
            log.OutboxUnavailable(delivery.Run, unavailable.Message);
        }
    }

    private async Task SettleAsync(WebhookDelivery delivery)
    {
        try
        {
            await outbox.SettleAsync(delivery, CancellationToken.None);
        }
        catch (JournalUnavailableException unavailable)
        {
            log.OutboxUnavailable(delivery.Run, unavailable.Message);
        }
    }

    private static Uri? UrlOf(WebhookDelivery delivery) =>
        Uri.TryCreate(delivery.Webhook.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
