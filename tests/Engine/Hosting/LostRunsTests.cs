using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Engine.Tests.Hosting;

/// <summary>A run that another host has taken is left alone for a while.</summary>
public sealed class LostRunsTests
{
    private readonly ManualClock _clock = new(DateTimeOffset.UnixEpoch);
    private readonly RunId _run = RunId.Create(DateTimeOffset.UnixEpoch, new Random(1));

    [Fact]
    public void A_run_is_left_alone_for_thirty_seconds_after_each_time_that_it_was_lost()
    {
        var lost = new LostRuns(_clock);
        Assert.False(lost.IsLeftAlone(_run));
        lost.Add(_run);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.True(lost.IsLeftAlone(_run));
        Assert.False(lost.IsLeftAlone(RunId.Create(DateTimeOffset.UnixEpoch, new Random(2))));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(lost.IsLeftAlone(_run));

        lost.Add(_run);
        _clock.Advance(TimeSpan.FromSeconds(20));
        lost.Add(_run);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True(lost.IsLeftAlone(_run));
    }

    [Fact]
    public void When_a_host_has_died_no_run_is_left_alone()
    {
        var lost = new LostRuns(_clock);
        lost.Add(_run);
        lost.Clear();
        Assert.False(lost.IsLeftAlone(_run));
    }
}
