using Orchestrator.Engine.Execution;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Engine.Tests.Execution;

public sealed class ReadPaceTests
{
    private const int Ticks = 5;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Tick = Beat / Ticks;

    /// <summary>5,000 events a second, in a beat.</summary>
    private const int Busy = 100;

    private readonly ManualClock _clock = new();
    private readonly ReadPace _pace;

    public ReadPaceTests() => _pace = new ReadPace(Beat, cores: 1, _clock);

    [Fact]
    public void A_host_with_little_to_do_reads_at_once()
    {
        Assert.False(ReadFor(Beat, Busy - 10));
        Assert.False(ReadFor(Beat, Busy - 10));
        Assert.True(_pace.NextAsync(new ReadTurn()).IsCompleted);
    }

    [Fact]
    public void A_host_that_was_quiet_for_long_is_not_busy_with_the_first_burst()
    {
        _clock.Advance(Beat * 10);
        Assert.False(Read(Busy * 5));
    }

    [Fact]
    public async Task A_busy_host_reads_each_connection_a_beat_after_the_last_time()
    {
        Assert.True(ReadFor(Beat, Busy));
        var turn = new ReadTurn();
        var first = _pace.NextAsync(turn).AsTask();
        Assert.True(Read(Busy));
        _clock.Advance(Beat);
        await InTimeAsync(first);
        Assert.True(Read(Busy));

        var second = _pace.NextAsync(turn).AsTask();
        for (var tick = 0; tick < Ticks - 2; tick++)
        {
            _clock.Advance(Tick);
            Assert.False(second.IsCompleted);
        }

        // A tick earlier at most, where the group of that tick is smaller.
        _clock.Advance(Tick * 2);
        await InTimeAsync(second);
    }

    [Fact]
    public async Task Connections_that_come_at_once_are_spread_over_the_beat_in_equal_groups()
    {
        Assert.True(ReadFor(Beat, Busy));
        var turns = Enumerable.Range(0, 100).Select(static _ => new ReadTurn()).ToArray();
        var waits = new Task[turns.Length];
        int[] groups = [];
        for (var beat = 0; beat < 10; beat++)
        {
            for (var i = 0; i < turns.Length; i++)
            {
                waits[i] = _pace.NextAsync(turns[i]).AsTask();
            }

            groups = [.. turns.GroupBy(static turn => turn.Due).OrderBy(static group => group.Key).Select(static group => group.Count())];
            Assert.True(Read(Busy));
            _clock.Advance(Beat);
            await InTimeAsync(Task.WhenAll(waits));
        }

        Assert.Equal(Ticks, groups.Length);
        Assert.All(groups, static group => Assert.InRange(group, 10, 30));
    }

    [Fact]
    public async Task A_turn_can_be_waited_for_again_and_again()
    {
        var turn = new ReadTurn();
        Assert.True(ReadFor(Beat, Busy));
        for (var beat = 0; beat < 5; beat++)
        {
            Assert.True(Read(Busy));
            var wait = _pace.NextAsync(turn).AsTask();
            Assert.False(wait.IsCompleted);
            _clock.Advance(Beat);
            await InTimeAsync(wait);
        }
    }

    [Fact]
    public void A_host_that_is_no_longer_busy_reads_at_once_again()
    {
        Assert.True(ReadFor(Beat, Busy));
        Assert.True(Read((Busy / 2) + 1));
        _clock.Advance(Beat);
        Assert.True(Read((Busy / 2) - 1));
        _clock.Advance(Beat);
        Assert.False(Read(1));
        Assert.True(_pace.NextAsync(new ReadTurn()).IsCompleted);
    }

    [Fact]
    public void A_read_that_brings_much_is_not_put_off()
    {
        Assert.True(ReadFor(Beat, Busy));
        Assert.False(_pace.Holds(1000));
    }

    [Fact]
    public void Without_a_beat_nothing_is_put_off()
    {
        var pace = new ReadPace(TimeSpan.Zero, cores: 1, _clock);
        for (var read = 0; read < 10 * Busy; read++)
        {
            Assert.False(pace.Holds(1));
        }
    }

    private static Task InTimeAsync(Task task) => task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    /// <summary>Evenly over a time; the answer to the last read.</summary>
    private bool ReadFor(TimeSpan time, int reads)
    {
        var held = false;
        for (var read = 0; read < reads; read++)
        {
            _clock.Advance(time / reads);
            held = _pace.Holds(1);
        }

        return held;
    }

    private bool Read(int reads) => ReadFor(TimeSpan.Zero, reads);
}
