using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Runs;
using Orchestrator.Webhooks.Tests.Kit;

namespace Orchestrator.Webhooks.Tests;

public class DeliveryTests
{
    [Fact]
    public async Task A_run_that_ends_is_told_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();

        var run = await service.SubmitEndedAsync(receiver.Url);
        var request = await receiver.NextAsync();
        await service.Logs.SeenAsync("Delivered");

        Assert.Equal("POST", request.Method);
        Assert.Equal("/hooks/s3cret-path?token=s3cret-query", request.Target);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal($"msg_{run.ToString()[4..]}", request.Id);
        Assert.Equal("1795262400", request.Headers["webhook-timestamp"]);
        Assert.False(request.Headers.ContainsKey("webhook-signature"));
        Assert.False(request.Headers.ContainsKey("traceparent"));
        Assert.Equal("run.completed", request.Json.GetProperty("type").GetString());
        Assert.Equal(run.ToString(), request.Json.GetProperty("data").GetProperty("id").GetString());
        Assert.Empty(service.Owed);
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_end_however_long_the_run_takes()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();

        var run = await service.SubmitAsync(receiver.Url);
        for (var slice = 0; slice < 3; slice++)
        {
            await service.Clock.WaitedForAsync(TimeSpan.FromMinutes(10));
            service.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        await service.Clock.WaitedForAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(0, receiver.Count);
        service.Runs.End(run);
        await receiver.NextAsync();
    }

    [Fact]
    public async Task A_run_without_a_webhook_owes_nothing()
    {
        await using var service = await Service.StartAsync();
        await service.SubmitAsync(url: null);
        Assert.Empty(service.Owed);
    }

    [Theory]
    [InlineData(RunStatus.Completed, "run.completed")]
    [InlineData(RunStatus.Failed, "run.failed")]
    [InlineData(RunStatus.Cancelled, "run.cancelled")]
    public async Task Every_end_is_told_where_no_events_are_named(RunStatus status, string type)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();

        service.Runs.End(await service.SubmitAsync(receiver.Url), status);

        Assert.Equal(type, (await receiver.NextAsync()).Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_end_that_was_not_asked_for_is_not_told()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();

        service.Runs.End(await service.SubmitAsync(receiver.Url, null, "run.completed", "run.cancelled"), RunStatus.Failed);
        await service.Logs.SeenAsync("NotWanted");

        Assert.Empty(service.Owed);
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task A_run_that_is_gone_is_not_told()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();

        service.Runs.Forget(await service.SubmitAsync(receiver.Url));
        await service.Logs.SeenAsync("RunGone");

        Assert.Empty(service.Owed);
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task A_run_that_nobody_works_on_is_asked_again_and_again_but_ever_less_often()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        service.Runs.Idle = true;

        var run = await service.SubmitAsync(receiver.Url);
        foreach (var seconds in (int[])[5, 10, 20, 40, 80, 160, 320, 600, 600])
        {
            await service.Clock.WaitedForAsync(TimeSpan.FromSeconds(seconds));
            service.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        await service.Clock.WaitedForAsync(TimeSpan.FromSeconds(600));
        Assert.Equal(0, receiver.Count);
        service.Runs.End(run);
        service.Clock.Advance(TimeSpan.FromSeconds(600));
        await receiver.NextAsync();
    }

    [Fact]
    public async Task Runs_that_can_not_be_asked_are_asked_later()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        service.Runs.Broken = new IOException("no disk");

        await service.SubmitEndedAsync(receiver.Url);
        await service.Logs.SeenAsync("RunUnknown");
        await service.Clock.WaitedForAsync(TimeSpan.FromSeconds(5));
        service.Runs.Broken = null;
        service.Clock.Advance(TimeSpan.FromSeconds(5));

        await receiver.NextAsync();
    }

    [Fact]
    public async Task Nothing_of_the_path_the_query_or_the_body_is_logged()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync(("GiveUpAfter", "00:00:05"), ("Secret", "s3cret-key"));
        receiver.Then(500).Then(503).Then(200);

        await service.SubmitEndedAsync(receiver.Url.Replace("http://", "http://user:s3cret-password@", StringComparison.Ordinal));
        await service.Clock.WaitedForAsync(TimeSpan.FromSeconds(5));
        service.Clock.Advance(TimeSpan.FromSeconds(5));
        var gaveUp = await service.Logs.SeenAsync("GaveUp");
        await service.SubmitEndedAsync(receiver.Url);
        await service.Logs.SeenAsync("Delivered");

        Assert.Equal(LogLevel.Warning, gaveUp.Level);
        Assert.Contains($"{receiver.Address.Host}:{receiver.Address.Port}", gaveUp.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Logs.Lines, static line => line.Text.Contains("s3cret", StringComparison.Ordinal));
        Assert.DoesNotContain(service.Logs.Lines, static line => line.Text.Contains("naïve", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_url_that_is_none_is_given_up()
    {
        await using var service = await Service.StartAsync();
        await service.SubmitEndedAsync("ftp://127.0.0.1/x");
        await service.Logs.SeenAsync("GaveUp");
        Assert.Empty(service.Owed);
    }

    [Fact]
    public async Task A_silent_receiver_keeps_others_neither_from_their_deliveries_nor_from_their_runs()
    {
        await using var silent = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        await using var service = await Service.StartAsync(("MaxConcurrency", "4"), ("MaxConcurrencyPerReceiver", "2"));
        for (var i = 0; i < 10; i++)
        {
            silent.ThenSilence();
            await service.SubmitEndedAsync(silent.Url);
        }

        await silent.NextAsync();
        await silent.NextAsync();
        await service.SubmitEndedAsync(other.Url);
        await other.NextAsync();
        await service.Logs.SeenAsync("Delivered");

        Assert.Equal(2, silent.Count);
    }

    [Fact]
    public async Task The_body_follows_standard_webhooks()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();

        var run = await service.SubmitEndedAsync(receiver.Url);
        var request = await receiver.NextAsync();

        Assert.Equal(
            "{\"type\":\"run.completed\",\"timestamp\":\"2026-11-21T12:00:00Z\",\"data\":{\"id\":\"" + run + "\",\"status\":\"completed\","
            + "\"model\":\"openai/gpt-5-mini\",\"task\":\"text-generation\",\"metadata\":{},\"createdAt\":\"2026-11-21T12:00:00Z\","
            + "\"startedAt\":\"2026-11-21T12:00:00Z\",\"endedAt\":\"2026-11-21T12:00:00Z\",\"incomplete\":false,\"incompleteReason\":null,"
            + "\"finishReason\":\"stop\",\"usage\":{\"inputTokens\":7,\"outputTokens\":120,\"totalTokens\":127},\"error\":null,"
            + "\"output\":{\"text\":\"It's \\\"done\\\", naïve 世界.\",\"reasoning\":null,\"toolCalls\":[]}}}",
            request.Body);
    }
}
