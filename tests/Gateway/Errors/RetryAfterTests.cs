namespace Orchestrator.Gateway.Tests.Errors;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("7", 7.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("Sat, 21 Nov 2026 10:00:30 GMT", 30.0)]
    [InlineData("Sat, 21 Nov 2026 09:00:00 GMT", 0.0)]
    [InlineData("99999999999999999999999", 31_536_000.0)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("NaN", null)]
    public async Task Seconds_or_a_date(string value, double? seconds)
    {
        var handler = StubHandler.Answering(429, "{}", ("Retry-After", value));

        var error = await Requests.FailAsync(handler, options: new AiGatewayClientOptions { Time = new FixedTime(Now) });

        Assert.Equal(seconds, error.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task It_counts_on_any_failure() =>
        Assert.Equal(TimeSpan.FromSeconds(3), (await Requests.FailAsync(StubHandler.Answering(503, "{}", ("Retry-After", "3")))).RetryAfter);

    [Fact]
    public async Task None_is_none() => Assert.Null((await Requests.FailAsync(StubHandler.Answering(429, "{}"))).RetryAfter);
}
