using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Calls;

public sealed class BulkTests
{
    private const string Nothing = """{"matched":0,"results":[],"more":false,"next":null}""";

    [Fact]
    public async Task What_became_of_each_run_is_told()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/cancel", Answers.Json("""
            {"matched":6,"results":[{"id":"a","outcome":"cancelled"},{"id":"b","outcome":"already-ended"},{"id":"c","outcome":"active"},
            {"id":"d","outcome":"not-found"},{"id":"e","outcome":null,"error":"No journal."},{"id":"f","outcome":"moved","new":1}],"more":false,"next":null}
            """));
        service.On("POST /v1/runs/delete", Answers.Json("""{"matched":1,"results":[{"id":"a","outcome":"deleted"}],"more":false,"next":null}"""));
        using var http = service.Http();
        var client = Clients.Eager(http);
        var results = await client.CancelManyAsync(["a", "b", "c", "d", "e", "f", "a"]).ToListAsync();
        Assert.Equal(
            [
                ("a", BulkOutcome.Cancelled, null, true), ("b", BulkOutcome.AlreadyEnded, null, true), ("c", BulkOutcome.Active, null, false),
                ("d", BulkOutcome.NotFound, null, false), ("e", BulkOutcome.Unknown, "No journal.", false), ("f", BulkOutcome.Unknown, null, false),
            ],
            results.Select(result => (result.Id, result.Outcome, result.Error, result.IsDone)));
        Assert.Equal(1, results[5].Json.GetProperty("new").GetInt32());
        Assert.Equal("""{"ids":["a","b","c","d","e","f"]}""", Assert.Single(service.Requests).Body);
        Assert.Equal((BulkOutcome.Deleted, true), Assert.Single(await client.DeleteManyAsync(["a"]).ToListAsync()) is { } deleted ? (deleted.Outcome, deleted.IsDone) : default);
    }

    [Fact]
    public async Task More_ids_than_a_call_takes_are_several_calls_and_none_is_no_call()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/delete", Answers.Json(Nothing));
        using var http = service.Http();
        var client = Clients.Eager(http);
        await client.DeleteManyAsync([]).ToListAsync();
        Assert.Empty(service.Requests);
        await client.DeleteManyAsync(Enumerable.Range(0, 1_001).Select(static number => $"run_{number}")).ToListAsync();
        Assert.Equal([1_000, 1], service.Requests.Select(static request => request.Body.Split("run_").Length - 1));
        Assert.Equal("""{"ids":["run_1000"]}""", service.Requests[1].Body);
    }

    [Fact]
    public async Task A_filter_is_gone_on_with_until_there_is_nothing_more()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "POST /v1/runs/delete",
            Answers.Json("""{"matched":1,"results":[{"id":"a","outcome":"deleted"}],"more":true,"next":"n2"}"""),
            Answers.Json("""{"matched":1,"results":[{"id":"b","outcome":"active"}],"more":false,"next":null}"""));
        using var http = service.Http();
        var filter = new RunQuery
        {
            Status = RunStatus.Failed,
            Statuses = [RunStatus.Cancelled, RunStatus.Failed],
            Model = "@cf/a",
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "a" },
            From = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(2)),
            To = new DateTimeOffset(2026, 11, 22, 0, 0, 0, 250, TimeSpan.Zero),
            Error = "credit",
        };
        var results = await Clients.Eager(http).DeleteManyAsync(filter).ToListAsync();
        Assert.Equal(["a", "b"], results.Select(static result => result.Id).ToArray());
        const string Filter = """
            "filter":{"status":["failed","cancelled"],"model":"@cf/a","metadata":{"team":"a"},"from":"2026-11-21T10:00:00+00:00","to":"2026-11-22T00:00:00.25+00:00","error":"credit"}
            """;
        Assert.Equal([$"{{{Filter}}}", $"{{{Filter},\"cursor\":\"n2\"}}"], service.Requests.Select(static request => System.Text.RegularExpressions.Regex.Unescape(request.Body)).ToArray());
    }

    [Fact]
    public async Task An_empty_filter_is_all_runs()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/cancel", Answers.Json(Nothing));
        using var http = service.Http();
        await Clients.Eager(http).CancelManyAsync(new RunQuery { Statuses = [] }).ToListAsync();
        Assert.Equal("""{"filter":{}}""", Assert.Single(service.Requests).Body);
    }

    [Fact]
    public async Task Nothing_is_sent_before_a_result_is_asked_for_nor_for_what_can_not_be_meant()
    {
        await using var service = await FakeService.StartAsync();
        using var http = service.Http();
        var client = Clients.Eager(http);
        _ = client.DeleteManyAsync(new RunQuery());
        Assert.Throws<ArgumentException>(() => { _ = client.DeleteManyAsync(new RunQuery { Limit = 5 }); });
        Assert.Throws<ArgumentException>(() => { _ = client.CancelManyAsync(["run_1", " "]); });
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/cancel", Answers.Status(503), Answers.Lost(), Answers.Json(Nothing));
        using var http = service.Http();
        Assert.Empty(await Clients.Eager(http).CancelManyAsync(["run_1"]).ToListAsync());
        Assert.Equal(3, service.Requests.Count);
    }

    [Theory]
    [InlineData("""{"matched":0}""")]
    [InlineData("""[]""")]
    [InlineData("""{"results":[null],"next":null}""")]
    [InlineData("""{"results":[{"outcome":"deleted"}],"next":null}""")]
    public async Task Another_answer_is_no_answer_of_the_service(string answer)
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/delete", Answers.Json(answer));
        using var http = service.Http();
        await Assert.ThrowsAsync<MalformedAnswerException>(() => Clients.Eager(http).DeleteManyAsync(["run_1"]).ToListAsync());
    }

    [Fact]
    public async Task A_page_that_leads_to_itself_ends_it()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/delete", Answers.Json("""{"results":[],"next":"same"}"""));
        using var http = service.Http();
        await Assert.ThrowsAsync<MalformedAnswerException>(() => Clients.Eager(http).DeleteManyAsync(new RunQuery()).ToListAsync());
        Assert.Equal(2, service.Requests.Count);
    }
}
