using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Webhooks.Tests.Kit;

namespace Orchestrator.Webhooks.Tests;

public class RestartTests
{
    [Fact]
    public async Task A_run_that_ends_while_the_service_is_down_is_told_after()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        var run = await service.SubmitAsync(receiver.Url);

        await service.StopAsync();
        service.Runs.End(run);
        await service.StartAsync();

        await receiver.NextAsync();
        await service.Logs.SeenAsync("Delivered");
        Assert.Empty(service.Owed);
    }

    [Fact]
    public async Task A_restart_between_tries_neither_hurries_nor_forgets_them()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.Then(500).Then(500);
        await service.SubmitEndedAsync(receiver.Url);
        var first = await receiver.NextAsync();
        await service.Logs.SeenAsync("TryFailed");

        await service.StopAsync();
        service.Clock.Advance(TimeSpan.FromSeconds(2));
        await service.StartAsync();
        await service.Clock.WaitedForAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(1, receiver.Count);
        service.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(first.Id, (await receiver.NextAsync()).Id);
        await service.Clock.WaitedForAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_service_that_was_down_for_days_still_tries_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.Then(500).Then(500);
        await service.SubmitEndedAsync(receiver.Url);
        await service.Logs.SeenAsync("TryFailed");

        await service.StopAsync();
        service.Clock.Advance(TimeSpan.FromDays(3));
        await service.StartAsync();

        await service.Logs.SeenAsync("GaveUp");
        Assert.Equal(2, receiver.Count);
    }

    [Fact]
    public async Task Stopping_in_the_middle_of_a_try_leaves_it_owed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        receiver.ThenSilence();
        await service.SubmitEndedAsync(receiver.Url);
        var first = await receiver.NextAsync();

        await service.StopAsync();
        Assert.Single(service.Owed);
        await service.StartAsync();

        Assert.Equal(first.Id, (await receiver.NextAsync()).Id);
        await service.Logs.SeenAsync("Delivered");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_crash_between_submission_and_answer_the_repeated_submission_owes_it(bool ended)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();

        // The run is journaled, then everything stops: nothing of it reached the outbox.
        var crashed = await service.Runs.SubmitAsync(Service.Submission(receiver.Url, "key"), CancellationToken.None);
        var run = Assert.IsType<SubmitOutcome.Accepted>(crashed).Run.Id;
        if (ended)
        {
            service.Runs.End(run);
        }

        await service.RestartAsync();
        Assert.Empty(service.Owed);
        Assert.Equal(run, await service.SubmitAsync(receiver.Url, "key"));
        service.Runs.End(run);

        Assert.Equal(run.ToString(), (await receiver.NextAsync()).Json.GetProperty("data").GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_answered_submission_is_owed_before_anything_else_happens()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        var run = await service.SubmitAsync(receiver.Url);
        Assert.Equal([$"{run}.json"], service.Owed);
    }

    [Fact]
    public async Task A_repeated_submission_owes_nothing_more_while_it_is_pending()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        var run = await service.SubmitAsync(receiver.Url, "key");
        Assert.Equal(run, await service.SubmitAsync(receiver.Url, "key"));
        Assert.Single(service.Owed);

        service.Runs.End(run);
        await service.Logs.SeenAsync("Delivered");
        Assert.Empty(service.Owed);
        Assert.Equal(1, receiver.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repeated_submission_owes_nothing_once_it_is_delivered(bool restart)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        service.Runs.End(await service.SubmitAsync(receiver.Url, "key"));
        await service.Logs.SeenAsync("Delivered");
        if (restart)
        {
            await service.RestartAsync();
        }

        await service.SubmitAsync(receiver.Url, "key");

        // Another run's delivery, made after, shows that none is under way for the first.
        await service.SubmitEndedAsync(receiver.Url);
        await service.Logs.SeenAsync("Delivered", 2);
        Assert.Empty(service.Owed);
        Assert.Equal(2, receiver.Count);
    }

    [Fact]
    public async Task A_submission_whose_webhook_can_not_be_stored_is_not_answered_and_can_be_repeated()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        Directory.Delete(service.OutboxDirectory, recursive: true);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => service.SubmitAsync(receiver.Url, "key"));
        Directory.CreateDirectory(service.OutboxDirectory);
        var run = await service.SubmitAsync(receiver.Url, "key");
        service.Runs.End(run, RunStatus.Completed);

        await receiver.NextAsync();
    }
}
