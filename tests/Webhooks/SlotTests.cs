using Orchestrator.Engine.Webhooks;

namespace Orchestrator.Webhooks.Tests;

public class SlotTests
{
    [Fact]
    public async Task No_more_are_let_in_than_there_are_slots()
    {
        var slots = new DeliverySlots(all: 2, perReceiver: 2);
        var first = await slots.EnterAsync("a", CancellationToken.None);
        await slots.EnterAsync("b", CancellationToken.None);
        var third = slots.EnterAsync("c", CancellationToken.None);
        Assert.False(third.IsCompleted);

        first.Dispose();
        await third.WaitAsync(Kit.Patience.Span);
    }

    [Fact]
    public async Task One_receiver_does_not_get_them_all()
    {
        var slots = new DeliverySlots(all: 3, perReceiver: 2);
        var first = await slots.EnterAsync("a", CancellationToken.None);
        await slots.EnterAsync("a", CancellationToken.None);
        var third = slots.EnterAsync("a", CancellationToken.None);
        Assert.False(third.IsCompleted);
        await slots.EnterAsync("b", CancellationToken.None).WaitAsync(Kit.Patience.Span);

        first.Dispose();
        await third.WaitAsync(Kit.Patience.Span);
    }

    [Fact]
    public async Task Who_stops_waiting_for_a_slot_of_its_receiver_leaves_none_taken()
    {
        var slots = new DeliverySlots(all: 1, perReceiver: 1);
        var first = await slots.EnterAsync("a", CancellationToken.None);
        await StopWaitingAsync(slots);

        first.Dispose();
        await slots.EnterAsync("a", CancellationToken.None).WaitAsync(Kit.Patience.Span);
    }

    [Fact]
    public async Task Who_stops_waiting_for_any_slot_gives_back_the_one_of_its_receiver()
    {
        var slots = new DeliverySlots(all: 2, perReceiver: 2);
        await slots.EnterAsync("a", CancellationToken.None);
        var other = await slots.EnterAsync("b", CancellationToken.None);
        await StopWaitingAsync(slots);

        other.Dispose();
        await slots.EnterAsync("a", CancellationToken.None).WaitAsync(Kit.Patience.Span);
    }

    private static async Task StopWaitingAsync(DeliverySlots slots)
    {
        using var impatient = new CancellationTokenSource();
        var waiting = slots.EnterAsync("a", impatient.Token);
        Assert.False(waiting.IsCompleted);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
