using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Webhooks;

/// <summary>
/// Makes every delivery that is owed, at least once: those in the outbox at the start, and those that are taken after it. Runs are
/// watched, never held up. Thread-safe.
/// </summary>
public sealed class WebhookDispatcher
{
    private static readonly TimeSpan ReloadDelay = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<RunId, Task> _carried = [];
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebhookCourier _courier;
    private readonly IWebhookOutbox _outbox;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private CancellationToken? _running;

    /// <param name="runs">Where runs are watched: not the <see cref="WebhookRuns"/> that hands deliveries to this.</param>
    public WebhookDispatcher(
        IRuns runs,
        IWebhookOutbox outbox,
        WebhookSender sender,
        WebhookSchedule schedule,
        DeliveryLimits limits,
        TimeProvider clock,
        Jitter jitter,
        ILogger<WebhookDispatcher> log)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var slots = new DeliverySlots(limits.All, limits.PerReceiver);
        _courier = new WebhookCourier(runs, outbox, sender, schedule, slots, clock, jitter, log);
        _outbox = outbox;
        _clock = clock;
        _log = log;
    }

    /// <summary>Deliveries that wait for their run's end or for a try.</summary>
    public int PendingCount
    {
        get
        {
            lock (_lock)
            {
                return _carried.Count;
            }
        }
    }

    /// <summary>Works until it is stopped; what is owed then is in the outbox. Called once.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        // Before the outbox is read: a delivery that comes later than this is taken, one that came earlier is in the outbox.
        lock (_lock)
        {
            _running = stop;
        }

        try
        {
            foreach (var delivery in await LoadAsync(stop))
            {
                Take(delivery);
            }
        }
        finally
        {
            _loaded.TrySetResult();
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(Carried());
    }

    /// <summary>
    /// Hands over a delivery that is in the outbox. Before <see cref="RunAsync"/> there is nothing to do: it will be found there.
    /// </summary>
    public void Take(WebhookDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        lock (_lock)
        {
            if (_running is { IsCancellationRequested: false } stop && !_carried.ContainsKey(delivery.Run))
            {
                _carried.Add(delivery.Run, CarryAsync(delivery, stop));
            }
        }
    }

    private async Task CarryAsync(WebhookDelivery delivery, CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            await _courier.CarryAsync(delivery, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It goes on with the next start.
        }
        catch (Exception failure)
        {
            _log.DeliveryFailed(delivery.Run, failure);
        }

        // One that is settled while the outbox is being read may be in the list that comes of it: it must not be carried twice.
        await _loaded.Task;
        lock (_lock)
        {
            _carried.Remove(delivery.Run);
        }
    }

    private async Task<IReadOnlyList<WebhookDelivery>> LoadAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var owed = await _outbox.ListAsync(stop);
                if (owed.Count > 0)
                {
                    _log.Owed(owed.Count);
                }

                return owed;
            }
            catch (JournalUnavailableException unavailable)
            {
                _log.OutboxUnreadable(unavailable.Message);
                await Task.Delay(ReloadDelay, _clock, stop);
            }
        }
    }

    private Task[] Carried()
    {
        lock (_lock)
        {
            return [.. _carried.Values];
        }
    }
}
