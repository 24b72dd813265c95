using System.Net;
using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Watching;

public sealed class WatchErrorTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_refusal_is_final(int status)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Problem(status, "some-code", "Some detail."));
        using var http = service.Http();
        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => Clients.Eager(http).WatchAsync("run_1").ToListAsync());
        Assert.Equal(((HttpStatusCode)status, "some-code", "Some detail."), (refused.Status!.Value, refused.Code, refused.Detail));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_refusal_after_a_drop_is_final_too()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "a")), Answers.Status(404));
        using var http = service.Http();
        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => Clients.Eager(http).WatchAsync("run_1").ToListAsync());
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
    }

    [Theory]
    [InlineData("text/html", "<html>welcome</html>")]
    [InlineData("text/event-stream", "data: hello\n\n")]
    [InlineData("text/event-stream", "data: {\"type\":\"output.delta\"}\n\n")]
    [InlineData("text/event-stream", "data: {\"seq\":0,\"type\":\"output.delta\"}\n\n")]
    [InlineData("text/event-stream", "data: {\"seq\":1,\"type\":\n\n")]
    [InlineData("text/event-stream", "data: [1]\n\n")]
    [InlineData("text/event-stream", "data: {\"seq\":1,\"type\":\"output.delta\",\"text\":{}}\n\n")]
    public async Task What_is_no_run_stream_is_malformed(string contentType, string body)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Content(contentType, System.Text.Encoding.UTF8.GetBytes(body)));
        using var http = service.Http();
        await Assert.ThrowsAsync<MalformedAnswerException>(() => Clients.Eager(http).WatchAsync("run_1").ToListAsync());
    }

    [Fact]
    public async Task Nobody_there_at_first_can_be_final()
    {
        using var http = new HttpClient { BaseAddress = await NowhereAsync() };
        var lost = await Assert.ThrowsAsync<ServiceUnreachableException>(
            () => new OrchestratorClient(http).WatchAsync("run_1", 0, new WatchOptions { FailIfNeverConnected = true }).ToListAsync());
        Assert.Equal(http.BaseAddress, lost.Service);
    }

    [Fact]
    public async Task Nobody_there_later_is_a_drop()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs/run_1/events",
            Answers.Events(new EventScript().Text(1, "a").ThenBreaks()),
            Answers.Lost(),
            Answers.Events(new EventScript().Text(1, "a").Event(2, "run.completed")));
        using var http = service.Http();
        var events = await Clients.Eager(http).WatchAsync("run_1", 0, new WatchOptions { FailIfNeverConnected = true }).ToListAsync();
        Assert.Equal(2, events.Count);
    }

    [Fact]
    public async Task The_callers_cancellation_is_a_cancellation()
    {
        await using var service = await FakeService.StartAsync();
        var script = new EventScript().Text(1, "a").ThenSilent();
        service.On("GET /v1/runs/run_1/events", Answers.Events(script));
        using var http = service.Http();
        using var stop = new CancellationTokenSource();
        await using var watch = Clients.Eager(http).WatchAsync("run_1", cancellationToken: stop.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await watch.MoveNextAsync());
        var next = watch.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.Single(service.Requests);
    }

    [Fact]
    public void A_cursor_is_not_negative()
    {
        using var http = new HttpClient();
        Assert.Throws<ArgumentOutOfRangeException>(() => new OrchestratorClient(http).WatchJsonAsync("run_1", -1));
    }

    private static async Task<Uri> NowhereAsync()
    {
        var service = await FakeService.StartAsync();
        var address = service.Address;
        await service.DisposeAsync();
        return address;
    }
}
