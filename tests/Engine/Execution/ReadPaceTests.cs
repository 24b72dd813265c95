using Orchestrator.Engine.Execution;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Engine.Tests.Execution;

public sealed class ReadPaceTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

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
    public async Task A_busy_host_reads_all_connections_at_the_next_beat()
    {
        Assert.True(ReadFor(Beat, Busy));
        var turns = Enumerable.Range(0, 100).Select(_ => _pace.NextAsync(new ReadTurn()).AsTask()).ToArray();
        _clock.Advance(Beat - TimeSpan.FromMilliseconds(1));
        Assert.All(turns, static turn => Assert.False(turn.IsCompleted));

        _clock.AdvanceMs(1);
        await Task.WhenAll(turns).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
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
            await wait.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
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
