using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Calls;

public sealed class SubmitTests
{
    private static readonly RunSubmission Hello = RunSubmission.Chat("openai/gpt-5-mini", "Hello");

    [Fact]
    public async Task A_submit_sends_what_was_set_and_nothing_else()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Run("queued", httpStatus: 202));
        using var http = service.Http();
        var submitted = await Clients.Eager(http).SubmitAsync(Hello, "key-1");
        Assert.Equal((RunJson.Id, true, "key-1"), (submitted.Run.Id, submitted.IsNew, submitted.IdempotencyKey));
        var request = Assert.Single(service.Requests);
        Assert.Equal("""{"model":"openai/gpt-5-mini","input":{"messages":[{"role":"user","content":"Hello"}]}}""", request.Body);
        Assert.Equal("key-1", request.Header("Idempotency-Key"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Null(request.Header("Authorization"));
    }

    [Fact]
    public async Task Every_field_has_the_contracts_name()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Run("queued", httpStatus: 202));
        using var http = service.Http();
        await Clients.Eager(http).SubmitAsync(Full(), "k");
        Assert.Equal(
            """
            {"model":"m","input":{"a":1},"task":"text-generation",
            "fallback":{"mode":"client","models":["b"],"inputs":{"b":{"a":1}}},
            "retry":{"maxAttempts":3,"delayMs":500,"maxDelayMs":30000,"backoff":"exponential"},
            "resume":true,"onResumeExpired":"accept-partial","onStreamFailure":"restart","transport":"gateway",
            "gateway":{"id":"default","skipCache":true,"cacheTtl":60,"cacheKey":"c","collectLog":true,"metadata":{"n":1},
            "eventId":"e","requestTimeoutMs":5,"retries":{"maxAttempts":2,"retryDelayMs":100,"backoff":"linear"}},
            "byok":true,"byokAlias":"alias","zdr":false,"extraHeaders":{"x-a":"b"},"sessionAffinity":"s",
            "timeouts":{"firstEventMs":1,"idleMs":2,"totalMs":3},"metadata":{"conversation":"c1","turn":2},
            "webhook":{"url":"https://example.org/hook","events":["run.completed"]}}
            """.Replace("\n", "", StringComparison.Ordinal),
            Assert.Single(service.Requests).Body);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_key_and_body()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Lost(), Answers.Status(503), Answers.Run("running", httpStatus: 200));
        using var http = service.Http();
        var submitted = await Clients.Eager(http).SubmitAsync(Hello);
        Assert.True(submitted.IsNew, "The key was made for this call: the run is its own.");
        Assert.Equal(3, service.Requests.Count);
        Assert.Single(service.Requests.Select(request => (request.Header("Idempotency-Key"), request.Body)).Distinct());
        Assert.Equal(submitted.IdempotencyKey, service.Requests[0].Header("Idempotency-Key"));
        Assert.NotNull(submitted.IdempotencyKey);
    }

    [Fact]
    public async Task Two_submits_have_two_keys()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Run("queued", httpStatus: 202));
        using var http = service.Http();
        var client = Clients.Eager(http);
        var first = await client.SubmitAsync(Hello);
        var second = await client.SubmitAsync(Hello);
        Assert.False(string.Equals(first.IdempotencyKey, second.IdempotencyKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callers_key_that_was_used_answers_the_old_run()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Run("completed", httpStatus: 200));
        using var http = service.Http();
        Assert.False((await Clients.Eager(http).SubmitAsync(Hello, "mine")).IsNew);
    }

    [Fact]
    public async Task Without_a_key_a_lost_answer_is_not_asked_for_again()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Lost(), Answers.Run("queued", httpStatus: 202));
        using var http = service.Http();
        var lost = await Assert.ThrowsAsync<ServiceUnreachableException>(() => Keyless(http).SubmitAsync(Hello));
        Assert.True(lost.MayHaveArrived);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Without_a_key_what_surely_was_not_taken_is_sent_again()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Status(429), Answers.Run("queued", httpStatus: 202));
        using var http = service.Http();
        Assert.True((await Keyless(http).SubmitAsync(Hello)).IsNew);
        Assert.Null(service.Requests[1].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task A_submit_that_never_left_is_known_not_to_have_arrived()
    {
        var service = await FakeService.StartAsync();
        using var http = service.Http();
        await service.DisposeAsync();
        var client = new OrchestratorClient(http, new OrchestratorClientOptions { Calls = Clients.AtOnce with { GiveUpAfter = TimeSpan.Zero } });
        Assert.False((await Assert.ThrowsAsync<ServiceUnreachableException>(() => client.SubmitAsync(Hello))).MayHaveArrived);
    }

    [Theory]
    [InlineData(""","errors":[{"pointer":"/model","message":"is missing"},{"pointer":"/retry/maxAttempts","message":"must be 1 to 10"}]""")]
    [InlineData(""","errors":[{"pointer":"/model","detail":"is missing"},{"pointer":"/retry/maxAttempts","detail":"must be 1 to 10"}]""")]
    [InlineData(""","errors":{"/model":["is missing"],"/retry/maxAttempts":"must be 1 to 10"}""")]
    public async Task A_refusal_lists_every_problem(string errors)
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Problem(400, "config", "The submission is not valid.", errors));
        using var http = service.Http();
        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => Clients.Eager(http).SubmitAsync(Hello));
        Assert.Equal((HttpStatusCode.BadRequest, "config"), (refused.Status!.Value, refused.Code));
        Assert.Equal([new("/model", "is missing"), new("/retry/maxAttempts", "must be 1 to 10")], refused.Errors);
        Assert.Contains("/retry/maxAttempts: must be 1 to 10", refused.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Submit_and_watch_tells_the_run_before_its_events()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Run("queued", httpStatus: 202));
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "a").Event(2, "run.completed")));
        using var http = service.Http();
        var told = new List<string>();
        await foreach (var next in Clients.Eager(http).SubmitAndWatchAsync(Hello, submitted => told.Add(submitted.Run.Id)))
        {
            told.Add(next.Type);
        }

        Assert.Equal("run_1 output.delta run.completed", string.Join(' ', told));
    }

    private static OrchestratorClient Keyless(HttpClient http) =>
        new(http, new OrchestratorClientOptions { GenerateIdempotencyKeys = false, Calls = Clients.AtOnce });

    private static RunSubmission Full()
    {
        return new RunSubmission
        {
            Model = "m",
            Input = new JsonObject { ["a"] = 1 },
            Task = "text-generation",
            Fallback = new RunFallback { Mode = FallbackMode.Client, Models = ["b"], Inputs = new Dictionary<string, JsonNode>(StringComparer.Ordinal) { ["b"] = new JsonObject { ["a"] = 1 } } },
            Retry = new RunRetry { MaxAttempts = 3, DelayMs = 500, MaxDelayMs = 30_000, Backoff = RetryBackoff.Exponential },
            Resume = true,
            OnResumeExpired = BreakAction.AcceptPartial,
            OnStreamFailure = BreakAction.Restart,
            Transport = GatewayTransport.Gateway,
            Gateway = new RunGateway
            {
                Id = "default",
                SkipCache = true,
                CacheTtl = 60,
                CacheKey = "c",
                CollectLog = true,
                Metadata = new JsonObject { ["n"] = 1 },
                EventId = "e",
                RequestTimeoutMs = 5,
                Retries = new GatewayRetries { MaxAttempts = 2, RetryDelayMs = 100, Backoff = RetryBackoff.Linear },
            },
            Byok = true,
            ByokAlias = "alias",
            Zdr = false,
            ExtraHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-a"] = "b" },
            SessionAffinity = "s",
            Timeouts = new RunTimeouts { FirstEventMs = 1, IdleMs = 2, TotalMs = 3 },
            Metadata = new JsonObject { ["conversation"] = "c1", ["turn"] = 2 },
            Webhook = new RunWebhook { Url = new Uri("https://example.org/hook"), Events = ["run.completed"] },
        };
    }
}
