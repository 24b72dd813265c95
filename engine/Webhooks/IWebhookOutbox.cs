using Orchestrator.Engine.Journal;

namespace Orchestrator.Engine.Webhooks;

/// <summary>
/// The deliveries that are owed, kept where they survive the process. Each is added once, recorded after every failed try, and settled
/// once; a settled one is remembered for a while, so that a repeated submission does not owe it anew. Thread-safe.
/// </summary>
public interface IWebhookOutbox
{
    /// <summary>When this completes, the delivery is durable. False: it is, or was, there already, and nothing changed.</summary>
    /// <exception cref="JournalUnavailableException">The storage can not be written; nothing was added.</exception>
    ValueTask<bool> TryAddAsync(WebhookDelivery delivery, CancellationToken cancellationToken);

    /// <summary>All that is owed, oldest run first. What can not be read is set aside, never an error.</summary>
    /// <exception cref="JournalUnavailableException">The storage can not be read.</exception>
    ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Replaces what is stored of the delivery. If a crash undoes it, the only damage is a try too many.</summary>
    /// <exception cref="JournalUnavailableException">The storage can not be written.</exception>
    ValueTask RecordAsync(WebhookDelivery delivery, CancellationToken cancellationToken);

    /// <summary>Nothing is owed any more. If a crash undoes it, the only damage is a delivery made twice, under the same id.</summary>
    /// <exception cref="JournalUnavailableException">The storage can not be written.</exception>
    ValueTask SettleAsync(WebhookDelivery delivery, CancellationToken cancellationToken);
}
