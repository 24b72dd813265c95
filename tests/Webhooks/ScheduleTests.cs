using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Webhooks;

namespace Orchestrator.Webhooks.Tests;

public class ScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly WebhookDelivery Fresh = new()
    {
        Run = RunId.Create(Now, new Random(1)),
        Tenant = "",
        Webhook = new WebhookSpec { Url = "https://example.com" },
        CreatedAt = Now,
    };

    private static readonly WebhookSchedule Schedule = new();

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(9, 2560)]
    [InlineData(10, 3600)]
    [InlineData(100_000, 3600)]
    public void Delays_double_from_five_seconds_to_an_hour(int failedBefore, int seconds)
    {
        var next = Schedule.AfterFailure(Fresh with { Tries = failedBefore }, Now, null, 0);
        Assert.Equal(Now.AddSeconds(seconds), next.NextTryAt);
        Assert.Equal(failedBefore + 1, next.Tries);
    }

    [Fact]
    public void Jitter_takes_off_up_to_half()
    {
        Assert.Equal(Now.AddSeconds(3.75), Schedule.AfterFailure(Fresh, Now, null, 0.5).NextTryAt);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(7, 7)]
    [InlineData(-100, 5)]
    public void The_longer_of_the_delay_and_what_the_receiver_asks_for_counts(int retryAfter, int seconds)
    {
        Assert.Equal(Now.AddSeconds(seconds), Schedule.AfterFailure(Fresh, Now, TimeSpan.FromSeconds(retryAfter), 0).NextTryAt);
    }

    [Fact]
    public void A_receiver_that_asks_for_more_time_than_there_is_gets_no_other_try()
    {
        Assert.Null(Schedule.AfterFailure(Fresh, Now, TimeSpan.FromHours(25), 0).NextTryAt);
        Assert.Null(Schedule.AfterFailure(Fresh, Now, TimeSpan.MaxValue, 0).NextTryAt);
    }

    [Fact]
    public void The_time_is_counted_from_the_first_try()
    {
        var first = Schedule.AfterFailure(Fresh, Now.AddDays(3), null, 0);
        Assert.Equal(Now.AddDays(3), first.FirstTryAt);
        Assert.NotNull(first.NextTryAt);

        var late = Schedule.AfterFailure(first, Now.AddDays(4).AddSeconds(-5), null, 0);
        Assert.Null(late.NextTryAt);
        Assert.Equal(Now.AddDays(4), Schedule.AfterFailure(first, Now.AddDays(4).AddSeconds(-10), null, 0).NextTryAt);
    }
}
