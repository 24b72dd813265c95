using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests.Readers;

/// <summary>What is in the tail, what has left it, and what was never there.</summary>
public sealed class RunTailTests
{
    private const int Kilobyte = 1024;

    /// <summary>A budget of the least share: 4 KiB.</summary>
    private readonly RunTail _tail = new(new TailBudget(totalBytes: 1));

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, 11L)]
    [InlineData(13, 11L)]
    [InlineData(14, 14L)]
    [InlineData(15, 15L)]
    [InlineData(17, 15L)]
    [InlineData(18, null)]
    public void An_entry_is_found_in_its_batch(long number, long? first)
    {
        _tail.Start(10);
        _tail.Publish(Batches.Events(11, 3));
        _tail.Publish(Batches.Events(14));
        _tail.Publish(Batches.Events(15, 3));
        Assert.Equal(first, _tail.Find(number)?.Entries.FirstNumber);
        Assert.Equal(17, _tail.LastNumber);
    }

    [Fact]
    public void The_oldest_batches_leave_when_the_budget_is_used_up()
    {
        for (var number = 1; number <= 100; number++)
        {
            _tail.Publish(Batches.Events(number, bytes: Kilobyte));
        }

        Assert.Equal([98, 99, 100], Enumerable.Range(1, 101).Where(number => _tail.Find(number) is not null));
        Assert.Equal(100, _tail.LastNumber);
    }

    [Fact]
    public void The_newest_batch_stays_however_large_it_is()
    {
        _tail.Publish(Batches.Events(1));
        _tail.Publish(Batches.Events(2, bytes: 100 * Kilobyte));
        Assert.Null(_tail.Find(1));
        Assert.NotNull(_tail.Find(2));
        _tail.Publish(Batches.Events(3));
        Assert.Null(_tail.Find(2));
        Assert.NotNull(_tail.Find(3));
    }

    [Fact]
    public void The_first_way_to_close_counts()
    {
        _tail.Close(TailEnd.Ended);
        _tail.Close(TailEnd.Moved);
        Assert.Equal(TailEnd.Ended, _tail.End);
    }

    [Theory]
    [InlineData(16 * Kilobyte * Kilobyte, 1, Kilobyte * Kilobyte)]
    [InlineData(16 * Kilobyte * Kilobyte, 64, 256 * Kilobyte)]
    [InlineData(16 * Kilobyte * Kilobyte, 100_000, 4 * Kilobyte)]
    public void Active_runs_have_equal_shares_of_the_memory(long total, int runs, long share)
    {
        var budget = new TailBudget(total);
        for (var i = 0; i < runs; i++)
        {
            budget.Add();
        }

        Assert.Equal(share, budget.PerRun);
        for (var i = 0; i < runs; i++)
        {
            budget.Remove();
        }

        Assert.Equal(new TailBudget(total).PerRun, budget.PerRun);
    }
}
