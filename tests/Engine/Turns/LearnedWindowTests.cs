using Orchestrator.Engine.Turns;

namespace Orchestrator.Engine.Tests.Turns;

/// <summary>What refusals teach of a limit that nobody has told. Times are milliseconds.</summary>
public sealed class LearnedWindowTests
{
    private readonly LearnedWindow _learned = new();

    [Fact]
    public void Before_a_refusal_nothing_is_known()
    {
        Taken(0, 1_000, 2_000);

        Assert.Null(_learned.Current(2_000));
    }

    [Fact]
    public void What_was_taken_before_the_refusal_is_the_limit_and_the_time_to_when_it_may_be_asked_again_the_window()
    {
        FiveInTenSeconds();

        Assert.Equal((5, 10_000), Known(5_000));

        // The oldest of the five is a window old when the upstream wants to be asked again, the next one a second later.
        var window = _learned.Current(10_000)!;
        Assert.Equal((10_000, 11_000, 12_000), (window.FreeAt(10_000), window.FreeAt(10_000, after: 1), window.FreeAt(10_000, after: 2)));
    }

    [Fact]
    public void A_refusal_of_the_first_request_teaches_nothing()
    {
        Refused(0, now: 100, freeAt: 5_000);

        Assert.Null(_learned.Current(100));
    }

    /// <summary>Requests that were under way when the first was refused are refused as well: they say nothing new.</summary>
    [Fact]
    public void Refusals_of_one_burst_are_one()
    {
        FiveInTenSeconds();
        Refused(4_500, now: 5_100, freeAt: 10_000);
        Refused(4_600, now: 5_200, freeAt: 10_000);

        Assert.Equal((5, 10_000), Known(5_200));
    }

    [Fact]
    public void Each_refusal_corrects_it_by_what_was_taken_since_it_was_asked_again()
    {
        FiveInTenSeconds();
        Taken(20_000, 20_100, 20_200);
        Refused(20_300, now: 20_300, freeAt: 21_000);

        Assert.Equal((3, 1_000), Known(20_300));
    }

    [Fact]
    public void A_longer_wait_does_not_make_the_window_longer_but_the_limit_lower()
    {
        FiveInTenSeconds();
        Taken(12_000, 13_000);
        Refused(14_000, now: 14_000, freeAt: 22_500);

        Assert.Equal((1, 10_000), Known(14_000));
    }

    [Fact]
    public void Now_and_then_it_is_tried_whether_there_is_more()
    {
        FiveInTenSeconds();

        Assert.Equal((5, 10_000), Known(54_999));
        Assert.Equal((6, 10_000), Known(55_000));
        Assert.Equal((6, 10_000), Known(104_999));
        Assert.Equal((7, 10_000), Known(105_000));
    }

    [Fact]
    public void Without_a_refusal_for_ten_minutes_it_is_forgotten()
    {
        FiveInTenSeconds();

        Assert.NotNull(_learned.Current(605_000));
        Assert.Null(_learned.Current(660_000));
        Assert.Null(_learned.Current(660_001));
    }

    [Fact]
    public void A_limit_beyond_what_is_remembered_is_none()
    {
        for (var i = 0; i < 1_500; i++)
        {
            Taken(i);
        }

        Refused(1_500, now: 1_500, freeAt: 2_000);
        Assert.Equal(999, Known(1_500).Limit);

        Assert.Null(_learned.Current(11_500));
    }

    [Fact]
    public void What_was_never_sent_takes_no_place()
    {
        FiveInTenSeconds();
        var turn = Turn(10_000);
        _learned.Take(turn, 10_000);
        Assert.Equal(11_000, _learned.Current(10_000)!.FreeAt(10_000));

        _learned.Remove(turn);

        Assert.Equal(10_000, _learned.Current(10_000)!.FreeAt(10_000));
    }

    private static LocalTurn Turn(long at) => new(line: null!, at, neurons: 0) { AnsweredAt = at };

    private void FiveInTenSeconds()
    {
        Taken(0, 1_000, 2_000, 3_000, 4_000);
        Refused(5_000, now: 5_000, freeAt: 10_000);
    }

    private void Taken(params ReadOnlySpan<long> times)
    {
        foreach (var at in times)
        {
            _learned.Take(Turn(at), at);
        }
    }

    private void Refused(long takenAt, long now, long freeAt)
    {
        var turn = Turn(takenAt);
        _learned.Take(turn, takenAt);
        turn.IsRefused = true;
        _learned.Refused(turn, now, freeAt);
    }

    private (int Limit, long WindowMs) Known(long now)
    {
        var window = _learned.Current(now)!;
        return (window.Limit, window.WindowMs);
    }
}
