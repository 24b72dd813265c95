using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Webhooks;

namespace Orchestrator.Webhooks.Tests.Kit;

/// <summary>An outbox whose list is answered by the test.</summary>
internal sealed class MemoryOutbox(Func<Task<IReadOnlyList<WebhookDelivery>>> list) : IWebhookOutbox
{
    private readonly Lock _lock = new();
    private readonly List<RunId> _settled = [];

    public IReadOnlyList<RunId> Settled
    {
        get
        {
            lock (_lock)
            {
                return [.. _settled];
            }
        }
    }

    public ValueTask<bool> TryAddAsync(WebhookDelivery delivery, CancellationToken cancellationToken) => new(true);

    public async ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(CancellationToken cancellationToken) =>
        await list().WaitAsync(cancellationToken);

    public ValueTask RecordAsync(WebhookDelivery delivery, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask SettleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _settled.Add(delivery.Run);
        }

        return ValueTask.CompletedTask;
    }
}
