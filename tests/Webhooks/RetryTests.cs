using System.Globalization;
using Orchestrator.Webhooks.Tests.Kit;

namespace Orchestrator.Webhooks.Tests;

public class RetryTests
{
    [Fact]
    public async Task Failed_tries_are_repeated_with_doubling_delays_the_same_id_and_the_same_body()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.Then(500).Then(404).Then(429).Then(503);

        await service.SubmitEndedAsync(receiver.Url);
        var first = await receiver.NextAsync();
        foreach (var seconds in (int[])[5, 10, 20, 40])
        {
            await AfterAsync(service, seconds);
            var again = await receiver.NextAsync();
            Assert.Equal(first.Id, again.Id);
            Assert.Equal(first.Body, again.Body);
            var now = service.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            Assert.Equal(now, again.Headers["webhook-timestamp"]);
        }

        await service.Logs.SeenAsync("Delivered");
        Assert.Empty(service.Owed);
    }

    [Fact]
    public async Task Tries_end_a_day_after_the_first()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        await service.SubmitEndedAsync(Fail(receiver).Url);
        var began = service.Clock.GetUtcNow();
        var delay = TimeSpan.FromSeconds(5);
        var tries = 0;
        for (; service.Clock.GetUtcNow() - began + delay <= TimeSpan.FromDays(1); tries++)
        {
            await receiver.NextAsync();
            Fail(receiver);
            await service.Clock.WaitedForAsync(delay);
            service.Clock.Advance(delay);
            delay = delay * 2 < TimeSpan.FromHours(1) ? delay * 2 : TimeSpan.FromHours(1);
        }

        await receiver.NextAsync();
        var gaveUp = await service.Logs.SeenAsync("GaveUp");

        Assert.Equal(32, tries);
        Assert.Contains("status 500", gaveUp.Text, StringComparison.Ordinal);
        Assert.Empty(service.Owed);

        static Receiver Fail(Receiver receiver) => receiver.Then(500);
    }

    [Theory]
    [InlineData("120")]
    [InlineData("Sat, 21 Nov 2026 12:02:00 GMT")]
    public async Task A_receiver_that_says_when_is_tried_then(string retryAfter)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.Then(503, "Retry-After", retryAfter);

        await service.SubmitEndedAsync(receiver.Url);
        await receiver.NextAsync();
        await AfterAsync(service, 120);
        await receiver.NextAsync();
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_not_tried_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.Then(410);

        await service.SubmitEndedAsync(receiver.Url);
        await service.Logs.SeenAsync("ReceiverGone");

        Assert.Empty(service.Owed);
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task A_redirect_is_a_failed_try_and_not_followed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var elsewhere = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.Then(307, "Location", elsewhere.Url);

        await service.SubmitEndedAsync(receiver.Url);
        await receiver.NextAsync();
        await AfterAsync(service, 5);
        await receiver.NextAsync();

        Assert.Equal(0, elsewhere.Count);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_in_time_is_tried_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.ThenSilence();

        await service.SubmitEndedAsync(receiver.Url);
        await receiver.NextAsync();
        service.Clock.Advance(Service.ReceiverTimeout);
        var failed = await service.Logs.SeenAsync("TryFailed");
        await AfterAsync(service, 5);
        await receiver.NextAsync();

        Assert.Contains("no answer within 7 s", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_failed_try()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.Then(static context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        await service.SubmitEndedAsync(receiver.Url);
        await receiver.NextAsync();
        await AfterAsync(service, 5);
        await receiver.NextAsync();
    }

    [Fact]
    public async Task An_answer_without_end_is_taken_by_its_head()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.Then(static async context =>
        {
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        await service.SubmitEndedAsync(receiver.Url);
        await service.Logs.SeenAsync("Delivered");
    }

    private static async Task AfterAsync(Service service, int seconds)
    {
        var delay = TimeSpan.FromSeconds(seconds);
        await service.Clock.WaitedForAsync(delay);
        service.Clock.Advance(delay);
    }
}
