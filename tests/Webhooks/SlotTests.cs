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

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public async Task Who_stops_waiting_leaves_the_slot_to_others(int all, int perReceiver)
    {
        var slots = new DeliverySlots(all, perReceiver);
        var first = await slots.EnterAsync("a", CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var second = slots.EnterAsync("a", impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        first.Dispose();
        await slots.EnterAsync("a", CancellationToken.None).WaitAsync(Kit.Patience.Span);
    }
}
