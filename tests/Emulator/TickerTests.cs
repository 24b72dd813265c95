using Orchestrator.Emulator.Streaming;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class TickerTests
{
    /// <summary>A test may move its clock while a stream is about to wait: what is due is then as much nearer.</summary>
    [Fact]
    public void A_clock_that_is_moved_while_the_timer_is_set_makes_it_no_later()
    {
        var time = new ManualTime();
        using var ticker = new Ticker(time);
        using var waiting = new TickWait(ticker, CancellationToken.None);
        time.PassesBeforeNextTimer = TimeSpan.FromSeconds(4);
        var wait = waiting.UntilAsync(time.GetTimestamp() + TimeSpan.FromSeconds(10).Ticks);

        time.Advance(TimeSpan.FromSeconds(6) - TimeSpan.FromMilliseconds(1));
        Assert.False(wait.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(wait.IsCompleted);
    }
}
