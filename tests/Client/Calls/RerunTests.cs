using System.Net;
using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Calls;

public sealed class RerunTests
{
    private const string Route = "POST /v1/runs/run_0/rerun";

    [Fact]
    public async Task A_run_is_run_again_with_the_same_or_another_model()
    {
        await using var service = await FakeService.StartAsync();
        service.On(Route, Answers.Run("queued", httpStatus: 202));
        using var http = service.Http();
        var client = Clients.Eager(http);
        var same = await client.RerunAsync("run_0");
        var other = await client.RerunAsync("run_0", "@cf/a", "k");
        Assert.Equal((RunJson.Id, true), (same.Run.Id, same.IsNew));
        Assert.Equal("k", other.IdempotencyKey);
        Assert.Equal(["{}", """{"model":"@cf/a"}"""], service.Requests.Select(static request => request.Body).ToArray());
        Assert.Equal([same.IdempotencyKey!, "k"], service.Requests.Select(static request => request.Header("Idempotency-Key")!).ToArray());
        Assert.NotNull(same.IdempotencyKey);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_key_and_is_new_all_the_same()
    {
        await using var service = await FakeService.StartAsync();
        service.On(Route, Answers.Lost(), Answers.Run("queued"));
        using var http = service.Http();
        var submitted = await Clients.Eager(http).RerunAsync("run_0");
        Assert.True(submitted.IsNew);
        Assert.Equal([submitted.IdempotencyKey!, submitted.IdempotencyKey!], service.Requests.Select(static request => request.Header("Idempotency-Key")!).ToArray());
    }

    [Fact]
    public async Task A_key_that_was_used_before_is_told()
    {
        await using var service = await FakeService.StartAsync();
        service.On(Route, Answers.Run("completed"));
        using var http = service.Http();
        Assert.False((await Clients.Eager(http).RerunAsync("run_0", idempotencyKey: "k")).IsNew);
    }

    [Fact]
    public async Task Without_a_key_what_may_have_arrived_is_not_sent_again()
    {
        await using var service = await FakeService.StartAsync();
        service.On(Route, Answers.Lost());
        using var http = service.Http();
        var client = new OrchestratorClient(http, new OrchestratorClientOptions { Calls = Clients.AtOnce, GenerateIdempotencyKeys = false });
        var lost = await Assert.ThrowsAsync<ServiceUnreachableException>(() => client.RerunAsync("run_0"));
        Assert.True(lost.MayHaveArrived);
        Assert.Null(Assert.Single(service.Requests).Header("Idempotency-Key"));
    }

    [Fact]
    public async Task What_the_service_has_against_it_is_told()
    {
        await using var service = await FakeService.StartAsync();
        service.On(Route, Answers.Problem(400, "config", "The submission can not be run.", ",\"errors\":[{\"pointer\":\"/model\",\"message\":\"No way there.\"}]"));
        using var http = service.Http();
        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => Clients.Eager(http).RerunAsync("run_0", "a/b"));
        Assert.Equal((HttpStatusCode.BadRequest, new ProblemError("/model", "No way there.")), (refused.Status, Assert.Single(refused.Errors)));
    }
}
