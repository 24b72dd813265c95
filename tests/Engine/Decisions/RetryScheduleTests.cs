using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Decisions;

/// <summary>When a leg is tried again: milliseconds after the failure.</summary>
public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(Backoff.Constant, 1, 500)]
    [InlineData(Backoff.Constant, 9, 500)]
    [InlineData(Backoff.Linear, 1, 500)]
    [InlineData(Backoff.Linear, 3, 1_500)]
    [InlineData(Backoff.Linear, 1_000_000, 30_000)]
    [InlineData(Backoff.Exponential, 1, 500)]
    [InlineData(Backoff.Exponential, 2, 1_000)]
    [InlineData(Backoff.Exponential, 6, 16_000)]
    [InlineData(Backoff.Exponential, 7, 30_000)]
    [InlineData(Backoff.Exponential, 1_000, 30_000)]
    public void The_delay_grows_as_asked_up_to_its_limit(Backoff backoff, int attempts, long delay) =>
        Assert.Equal(delay, Delay(new RetrySpec { Backoff = backoff }, attempts));

    [Fact]
    public void The_longest_settings_do_not_overflow() =>
        Assert.Equal(
            int.MaxValue,
            Delay(new RetrySpec { DelayMs = int.MaxValue, MaxDelayMs = int.MaxValue, Backoff = Backoff.Exponential }, int.MaxValue));

    [Theory]
    [InlineData(0, 4_000)]
    [InlineData(0.5, 3_000)]
    [InlineData(0.999999, 2_000)]
    public void The_jitter_takes_up_to_half_of_it(double jitter, long delay) =>
        Assert.Equal(delay, Delay(new RetrySpec(), attempts: 4, jitter: jitter));

    [Theory]
    [InlineData(100, 4_000)]
    [InlineData(4_001, 4_001)]
    [InlineData(90_000, 90_000)]
    public void A_longer_retry_after_wins_and_no_jitter_shortens_it(long retryAfter, long delay)
    {
        Assert.Equal(delay, Delay(new RetrySpec(), attempts: 4, retryAfter));
        Assert.True(Delay(new RetrySpec(), attempts: 4, retryAfter, jitter: 0.999) >= retryAfter);
    }

    private static long Delay(RetrySpec retry, int attempts, long? retryAfter = null, double jitter = 0)
    {
        var error = new RunError { Code = ErrorCodes.RateLimit, Message = "slow down", Recoverable = true, RetryAfterMs = retryAfter };
        var run = RunRecording.Of(new RunSpec { Model = "openai/a", Retry = retry }).Dispatch().After(70).Fail(error, jitter: jitter);
        return RetrySchedule.DueAt(retry, run.State.Current!, attempts) - run.Now;
    }
}
