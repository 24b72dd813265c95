using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Calls;

public sealed class WaitForResultTests
{
    [Fact]
    public async Task A_finished_run_is_not_waited_for()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("failed"));
        using var http = service.Http();
        Assert.Equal(RunStatus.Failed, (await Clients.Eager(http).WaitForResultAsync(RunJson.Id)).Status);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_running_one_is_watched_from_its_snapshot_across_drops()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("running"), Answers.Run("completed"));
        service.On(
            "GET /v1/runs/run_1/events",
            Answers.Events(new EventScript().Text(3, "no").Text(4, "yes")),
            Answers.Events(new EventScript().Event(5, "run.completed")));
        using var http = service.Http();
        Assert.Equal(RunStatus.Completed, (await Clients.Eager(http).WaitForResultAsync(RunJson.Id)).Status);
        Assert.Equal(
            "GET /v1/runs/run_1, GET /v1/runs/run_1/events?after=3, GET /v1/runs/run_1/events?after=4, GET /v1/runs/run_1",
            service.Seen);
    }

    [Fact]
    public async Task A_service_that_contradicts_itself_is_not_asked_for_ever()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("running"));
        service.On("GET /v1/runs/run_1/events", Answers.Status(204));
        using var http = service.Http();
        await Assert.ThrowsAsync<MalformedAnswerException>(() => Clients.Eager(http).WaitForResultAsync(RunJson.Id));
    }
}
