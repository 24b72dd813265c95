using System.Net;
using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Calls;

/// <summary>How long a call is tried, on a clock that the test moves.</summary>
public sealed class RetryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_call_is_tried_again_with_growing_waits()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Status(500), Answers.Lost(), Answers.Status(504), Answers.Run("running"));
        using var http = service.Http();
        var call = Client(http).GetAsync(RunJson.Id).WaitAsync(Patience);
        foreach (var expected in (int[])[250, 500, 1000])
        {
            var delay = await _time.NextWaitAsync(Clients.IdleLimit);
            Assert.Equal(expected, delay.TotalMilliseconds);
            _time.Advance(delay);
        }

        Assert.Equal(RunStatus.Running, (await call).Status);
    }

    [Fact]
    public async Task A_busy_service_is_given_the_time_it_asks_for()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Status(429, "3"), Answers.Run("running"));
        using var http = service.Http();
        var call = Client(http).GetAsync(RunJson.Id).WaitAsync(Patience);
        await _time.ArmedAsync(TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(3));
        await call;
    }

    [Fact]
    public async Task A_call_gives_up_with_the_last_answer_it_had()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Status(502), Answers.Problem(503, "starting", "The journal is being read."));
        using var http = service.Http();
        var call = Client(http).GetAsync(RunJson.Id).WaitAsync(Patience);
        while (!call.IsCompleted)
        {
            var next = _time.NextWaitAsync(Clients.IdleLimit);
            if (await Task.WhenAny(call, next) == next)
            {
                _time.Advance(await next);
            }
        }

        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => call);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "starting"), (refused.Status!.Value, refused.Code));
        Assert.Equal(6, service.Requests.Count);
    }

    [Fact]
    public async Task A_wait_longer_than_its_patience_is_not_begun()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Status(429, "16"));
        using var http = service.Http();
        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => Client(http).GetAsync(RunJson.Id).WaitAsync(Patience));
        Assert.Equal(TimeSpan.FromSeconds(16), refused.RetryAfter);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(501)]
    public async Task A_refusal_is_not_asked_for_again(int status)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Status(status));
        using var http = service.Http();
        await Assert.ThrowsAsync<OrchestratorException>(() => Client(http).GetAsync(RunJson.Id).WaitAsync(Patience));
        Assert.Single(service.Requests);
    }

    private OrchestratorClient Client(HttpClient http) => new(http, new OrchestratorClientOptions { TimeProvider = _time, Random = () => 0 });
}
