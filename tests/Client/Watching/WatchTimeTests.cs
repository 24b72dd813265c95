using System.Net;
using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Watching;

/// <summary>How long a watch waits, on a clock that the test moves.</summary>
public sealed class WatchTimeTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Waits_grow_while_nothing_comes_and_start_over_with_an_event()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs/run_1/events",
            Answers.Status(503),
            Answers.Status(502),
            Answers.Events(new EventScript()),
            Answers.Events(new EventScript().Comment()),
            Answers.Events(new EventScript().Text(1, "a")),
            Answers.Events(new EventScript().Raw(EventScript.Wire(1, "output.delta"))),
            Answers.Events(new EventScript().Event(2, "run.completed")));
        using var http = service.Http();
        var drops = new List<WatchDrop>();
        var watching = Client(http).WatchAsync("run_1", 0, new WatchOptions { OnDrop = drops.Add }).ToListAsync();
        foreach (var expected in (int[])[100, 200, 400, 800, 100, 200])
        {
            var delay = await _time.NextWaitAsync(Clients.IdleLimit);
            Assert.Equal(expected, delay.TotalMilliseconds);
            _time.Advance(delay);
        }

        Assert.Equal(2, (await watching).Count);
        Assert.Equal(
            [DropReason.Busy, DropReason.Busy, DropReason.EndedEarly, DropReason.EndedEarly, DropReason.EndedEarly, DropReason.EndedEarly],
            drops.Select(drop => drop.Reason));
        Assert.Equal([0, 0, 0, 0, 1, 1], drops.Select(drop => drop.After));
        Assert.Equal([1, 2, 3, 4, 1, 2], drops.Select(drop => drop.Tries));
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "90", 90)]
    [InlineData(503, "Sat, 21 Nov 2026 12:00:30 GMT", 30)]
    public async Task Retry_after_is_honoured(int status, string retryAfter, int seconds)
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs/run_1/events",
            Answers.Status(status, retryAfter),
            Answers.Events(new EventScript().Event(1, "run.completed")));
        using var http = service.Http();
        var reattached = new List<WatchReattach>();
        var watching = Client(http).WatchAsync("run_1", 0, new WatchOptions { OnReattach = reattached.Add }).ToListAsync();
        await _time.ArmedAsync(TimeSpan.FromSeconds(seconds));
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.Single(service.Requests);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Single(await watching);
        Assert.Equal(new WatchReattach(0, 1, TimeSpan.FromSeconds(seconds)), Assert.Single(reattached));
    }

    [Fact]
    public async Task Silence_is_a_drop()
    {
        await using var service = await FakeService.StartAsync();
        var silent = new EventScript().Text(1, "a").ThenSilent();
        service.On("GET /v1/runs/run_1/events", Answers.Events(silent), Answers.Events(new EventScript().Event(2, "run.completed")));
        using var http = service.Http();
        var drops = new List<WatchDrop>();
        await using var watch = Client(http).WatchAsync("run_1", 0, new WatchOptions { OnDrop = drops.Add }).GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        var next = watch.MoveNextAsync().AsTask();
        _time.Advance(Clients.IdleLimit - TimeSpan.FromTicks(1));
        Assert.Empty(drops);
        _time.Advance(TimeSpan.FromTicks(1));
        _time.Advance(await _time.NextWaitAsync(Clients.IdleLimit));
        Assert.True(await next.WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.IsType<RunCompleted>(watch.Current);
        Assert.Equal(DropReason.Silent, Assert.Single(drops).Reason);
    }

    [Fact]
    public async Task No_answer_at_all_is_a_drop()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs/run_1/events",
            async (_, stop) => await Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(_ => { }, TaskScheduler.Default),
            Answers.Events(new EventScript().Event(1, "run.completed")));
        using var http = service.Http();
        var drops = new List<WatchDrop>();
        var watching = Client(http).WatchAsync("run_1", 0, new WatchOptions { OnDrop = drops.Add }).ToListAsync();
        await service.ArrivalAsync();
        _time.Advance(Clients.IdleLimit);
        _time.Advance(await _time.NextWaitAsync(Clients.IdleLimit));
        Assert.Single(await watching);
        Assert.Equal(DropReason.NotConnected, Assert.Single(drops).Reason);
    }

    [Fact]
    public async Task A_slow_reader_is_not_taken_for_a_silent_service()
    {
        await using var service = await FakeService.StartAsync();
        var more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "a").Waits(more.Task).Event(2, "run.completed")));
        using var http = service.Http();
        var drops = new List<WatchDrop>();
        await using var watch = Client(http).WatchAsync("run_1", 0, new WatchOptions { OnDrop = drops.Add }).GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        _time.Advance(TimeSpan.FromHours(1));
        more.SetResult();
        Assert.True(await watch.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.Empty(drops);
    }

    [Fact]
    public async Task Gives_up_when_nothing_was_heard_for_long_and_tells_the_cursor()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "a")), Answers.Status(503));
        using var http = service.Http();
        var policy = Steps with { GiveUpAfter = TimeSpan.FromSeconds(5) };
        var watching = Client(http, policy).WatchAsync("run_1").ToListAsync();
        foreach (var expected in (int[])[100, 200, 400, 800, 1000, 1000, 1000])
        {
            var delay = await _time.NextWaitAsync(Clients.IdleLimit);
            Assert.Equal(expected, delay.TotalMilliseconds);
            _time.Advance(delay);
        }

        var lost = await Assert.ThrowsAsync<ServiceUnreachableException>(() => watching);
        Assert.Equal((1, HttpStatusCode.ServiceUnavailable), (lost.After, lost.Status));
        Assert.Equal(8, service.Requests.Count);
    }

    [Fact]
    public async Task A_comment_is_a_sign_of_life()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Comment()));
        using var http = service.Http();
        using var stop = new CancellationTokenSource();
        var policy = Steps with { GiveUpAfter = TimeSpan.FromSeconds(1.5) };
        var watch = Client(http, policy).WatchAsync("run_1", cancellationToken: stop.Token);
        var watching = Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.ToListAsync());
        for (var drop = 0; drop < 20; drop++)
        {
            _time.Advance(await _time.NextWaitAsync(Clients.IdleLimit));
        }

        await stop.CancelAsync();
        await watching;
    }

    [Fact]
    public async Task A_wait_longer_than_its_patience_is_not_begun()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Status(503, "3600"));
        using var http = service.Http();
        var lost = await Assert.ThrowsAsync<ServiceUnreachableException>(() => Client(http).WatchAsync("run_1", after: 4).ToListAsync());
        Assert.Equal((4, TimeSpan.FromHours(1)), (lost.After, lost.RetryAfter));
    }

    private static BackoffPolicy Steps { get; } = new() { FirstDelay = TimeSpan.FromMilliseconds(100), MaxDelay = TimeSpan.FromSeconds(1) };

    private OrchestratorClient Client(HttpClient http, BackoffPolicy? policy = null) =>
        new(http, new OrchestratorClientOptions { TimeProvider = _time, Reconnect = policy ?? Steps, Random = () => 0 });
}
