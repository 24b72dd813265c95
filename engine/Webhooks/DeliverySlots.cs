namespace Orchestrator.Engine.Webhooks;

/// <summary>
/// Bounds the tries that are under way, in all and per receiver: one that is slow to time out must not take every slot from the others.
/// </summary>
internal sealed class DeliverySlots(int all, int perReceiver)
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _all = new(all);
    private readonly Dictionary<string, Receiver> _receivers = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Disposed, it frees the slot.</returns>
    public async Task<IDisposable> EnterAsync(string receiver, CancellationToken cancellationToken)
    {
        var own = Join(receiver);
        try
        {
            await own.Slots.WaitAsync(cancellationToken);
            try
            {
                await _all.WaitAsync(cancellationToken);
            }
            catch
            {
                own.Slots.Release();
                throw;
            }
        }
        catch
        {
            Leave(receiver, own);
            throw;
        }

        return new Slot(this, receiver, own);
    }

    private Receiver Join(string name)
    {
        lock (_lock)
        {
            if (!_receivers.TryGetValue(name, out var receiver))
            {
                receiver = new Receiver(new SemaphoreSlim(perReceiver));
                _receivers.Add(name, receiver);
            }

            receiver.Users++;
            return receiver;
        }
    }

    private void Leave(string name, Receiver receiver)
    {
        lock (_lock)
        {
            if (--receiver.Users == 0)
            {
                _receivers.Remove(name);
                receiver.Slots.Dispose();
            }
        }
    }

    private sealed class Receiver(SemaphoreSlim slots)
    {
        public SemaphoreSlim Slots { get; } = slots;

        /// <summary>Those that hold a slot and those that wait for one.</summary>
        public int Users { get; set; }
    }

    private sealed class Slot(DeliverySlots slots, string name, Receiver receiver) : IDisposable
    {
        public void Dispose()
        {
            slots._all.Release();
            receiver.Slots.Release();
            slots.Leave(name, receiver);
        }
    }
}
