using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Watching;

public sealed class BackoffTests
{
    private static readonly BackoffPolicy Policy = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(100),
        MaxDelay = TimeSpan.FromSeconds(1),
        Jitter = 0.5,
    };

    [Fact]
    public void Waits_double_up_to_the_longest()
    {
        var backoff = new Backoff(Policy, () => 0);
        Assert.Equal([100, 200, 400, 800, 1000, 1000], Next(backoff, 6));
        Assert.Equal(6, backoff.Tries);
    }

    [Fact]
    public void Jitter_only_shortens_a_wait_and_by_no_more_than_its_part()
    {
        var backoff = new Backoff(Policy, () => 0.999999);
        Assert.Equal([50, 100, 200, 400, 500], Next(backoff, 5).Select(ms => Math.Round(ms)));
    }

    [Fact]
    public void Progress_starts_over()
    {
        var backoff = new Backoff(Policy, () => 0);
        Next(backoff, 4);
        backoff.Reset();
        Assert.Equal(0, backoff.Tries);
        Assert.Equal([100, 200], Next(backoff, 2));
    }

    [Fact]
    public void Nobody_comes_back_before_the_service_asked_for()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), new Backoff(Policy, () => 0).Next(TimeSpan.FromSeconds(7)));
        Assert.Equal(7.025, new Backoff(Policy, () => 0.5).Next(TimeSpan.FromSeconds(7)).TotalSeconds, 6);
    }

    [Fact]
    public void A_date_in_the_past_is_no_wait_asked_for() =>
        Assert.Equal(TimeSpan.FromMilliseconds(100), new Backoff(Policy, () => 0).Next(TimeSpan.FromSeconds(-7)));

    [Theory]
    [InlineData(-1, 1, 0.5, 1)]
    [InlineData(2, 1, 0.5, 1)]
    [InlineData(1, 1, 1.1, 1)]
    [InlineData(1, 1, double.NaN, 1)]
    [InlineData(1, 1, 0.5, -2)]
    public void Policies_that_make_no_sense_are_refused(int first, int max, double jitter, int giveUp)
    {
        var policy = new BackoffPolicy
        {
            FirstDelay = TimeSpan.FromSeconds(first),
            MaxDelay = TimeSpan.FromSeconds(max),
            Jitter = jitter,
            GiveUpAfter = TimeSpan.FromSeconds(giveUp),
        };
        using var http = new HttpClient();
        Assert.Throws<ArgumentException>("options", () => new OrchestratorClient(http, new OrchestratorClientOptions { Reconnect = policy }));
        Assert.Throws<ArgumentException>("options", () => new OrchestratorClient(http, new OrchestratorClientOptions { Calls = policy }));
    }

    private static List<double> Next(Backoff backoff, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => backoff.Next(null).TotalMilliseconds)];
}
