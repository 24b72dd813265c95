using Orchestrator.Grains.Hosting;

namespace Orchestrator.Grains.Tests;

/// <summary>How many runs leave a silo at the same time.</summary>
public sealed class HandOverPaceTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Middling = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_first_goes_alone_and_each_that_was_quick_lets_one_more_go()
    {
        var pace = new HandOverPace();
        Assert.Equal(1, pace.Window);
        pace.Made(Quick);
        Assert.Equal(2, pace.Window);
        pace.Made(Quick);
        pace.Made(Quick);
        Assert.Equal(4, pace.Window);
        pace.Made(Middling);
        Assert.Equal(4, pace.Window);
    }

    [Fact]
    public void One_that_was_slow_halves_them_and_those_that_began_with_it_do_not_halve_them_again()
    {
        var pace = new HandOverPace();
        for (var i = 0; i < 7; i++)
        {
            pace.Made(Quick);
        }

        Assert.Equal(8, pace.Window);
        for (var i = 0; i < 8; i++)
        {
            pace.Made(Slow);
            Assert.Equal(4, pace.Window);
        }

        pace.Made(Slow);
        Assert.Equal(2, pace.Window);
    }

    [Fact]
    public void There_is_always_one_and_never_more_than_256()
    {
        var pace = new HandOverPace();
        for (var i = 0; i < 10; i++)
        {
            pace.Made(Slow);
        }

        Assert.Equal(1, pace.Window);
        for (var i = 0; i < 1000; i++)
        {
            pace.Made(Quick);
        }

        Assert.Equal(256, pace.Window);
    }
}
