using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests.Readers;

/// <summary>When a reader waits, and what wakes it.</summary>
public sealed class TailCursorTests
{
    private readonly RunTail _tail = new(new TailBudget());

    public TailCursorTests() => _tail.Publish(Batches.Events(1, 3));

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Only_the_end_is_waited_at(long number, bool completed)
    {
        using var cursor = _tail.AddCursor();
        Assert.Equal(completed, cursor.WaitAsync(number, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task A_commit_wakes_every_reader_that_waits()
    {
        using var first = _tail.AddCursor();
        using var second = _tail.AddCursor();
        var waits = new[] { first.WaitAsync(4, CancellationToken.None).AsTask(), second.WaitAsync(4, CancellationToken.None).AsTask() };
        _tail.Publish(Batches.Events(4));
        Assert.Equal([TailSignal.Moved, TailSignal.Moved], await Task.WhenAll(waits));
    }

    [Fact]
    public async Task Closing_wakes_those_that_wait_and_nobody_waits_after_it()
    {
        using var cursor = _tail.AddCursor();
        var wait = cursor.WaitAsync(4, CancellationToken.None).AsTask();
        _tail.Close(TailEnd.Moved);
        Assert.Equal(TailSignal.Moved, await wait);
        Assert.True(cursor.WaitAsync(4, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task A_poke_breaks_off_the_wait_that_is_under_way_and_no_later_one()
    {
        using var cursor = _tail.AddCursor();
        cursor.Poke();
        var wait = cursor.WaitAsync(4, CancellationToken.None).AsTask();
        Assert.False(wait.IsCompleted);
        cursor.Poke();
        Assert.Equal(TailSignal.Quiet, await wait);
        wait = cursor.WaitAsync(4, CancellationToken.None).AsTask();
        Assert.False(wait.IsCompleted);
        _tail.Publish(Batches.Events(4));
        Assert.Equal(TailSignal.Moved, await wait);
    }

    [Fact]
    public async Task A_cancelled_wait_ends_and_the_next_one_is_as_good_as_new()
    {
        using var cursor = _tail.AddCursor();
        using var cancellation = new CancellationTokenSource();
        var wait = cursor.WaitAsync(4, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cursor.WaitAsync(4, cancellation.Token));
        wait = cursor.WaitAsync(4, CancellationToken.None).AsTask();
        Assert.False(wait.IsCompleted);
        _tail.Publish(Batches.Events(4));
        Assert.Equal(TailSignal.Moved, await wait);
    }

    [Fact]
    public void A_cursor_that_is_gone_is_not_woken()
    {
        var cursor = _tail.AddCursor();
        var wait = cursor.WaitAsync(4, CancellationToken.None).AsTask();
        cursor.Dispose();
        _tail.Publish(Batches.Events(4));
        Assert.False(wait.IsCompleted);
    }
}
