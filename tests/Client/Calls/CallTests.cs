using System.Net;
using System.Text;
using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Calls;

public sealed class CallTests
{
    [Fact]
    public async Task A_run_is_read_whole()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("completed", ""","novel":{"a":[1]}"""));
        using var http = service.Http();
        var run = await Clients.Eager(http).GetAsync(RunJson.Id);
        Assert.Equal((RunStatus.Completed, 3L, "Hello", 127L, true), (run.Status, run.Seq, run.Output?.Text, run.Usage?.TotalTokens, run.IsFinished));
        var attempt = Assert.Single(run.Attempts);
        Assert.Equal(("openai/gpt-5-mini", 1, "g1", 120L), (attempt.Model, attempt.Reattaches, attempt.GatewayRunId, attempt.Events));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 10, 0, 12, 300, TimeSpan.Zero), run.EndedAt);
        Assert.Equal("[1]", run.Json.GetProperty("novel").GetProperty("a").GetRawText());
    }

    [Fact]
    public async Task A_status_of_a_newer_service_is_unknown_not_an_error()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("paused"));
        using var http = service.Http();
        Assert.Equal(RunStatus.Unknown, (await Clients.Eager(http).GetAsync(RunJson.Id)).Status);
    }

    [Fact]
    public async Task A_run_with_little_in_it_can_be_read()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Json("""{"id":"run_1","status":"queued","warnings":null}"""));
        using var http = service.Http();
        var run = await Clients.Eager(http).GetAsync(RunJson.Id);
        Assert.Empty(run.Attempts);
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public async Task The_key_goes_with_every_call_and_the_path_of_the_address_is_kept()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /base/v1/runs/run_1", Answers.Run("running"));
        service.On("GET /base/v1/runs/run_1/events", Answers.Status(204));
        using var http = new HttpClient();
        var client = new OrchestratorClient(http, new OrchestratorClientOptions { BaseAddress = new Uri(service.Address, "/base"), ApiKey = "secret" });
        await client.GetAsync(RunJson.Id);
        await client.WatchAsync(RunJson.Id).ToListAsync();
        Assert.All(service.Requests, request => Assert.Equal("Bearer secret", request.Header("Authorization")));
        Assert.Equal(2, service.Requests.Count);
    }

    [Theory]
    [InlineData("../admin", "/v1/runs/..%2Fadmin")]
    [InlineData("a b?c#d", "/v1/runs/a%20b%3Fc%23d")]
    public async Task An_id_can_not_lead_elsewhere(string id, string path)
    {
        await using var service = await FakeService.StartAsync();
        using var http = service.Http();
        await Assert.ThrowsAsync<OrchestratorException>(() => Clients.Eager(http).GetAsync(id));
        Assert.Equal(path, Assert.Single(service.Requests).Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    public void What_is_no_id_is_not_sent(string id)
    {
        using var http = new HttpClient();
        var client = new OrchestratorClient(http);
        Assert.ThrowsAny<ArgumentException>(() => { _ = client.GetAsync(id); });
        Assert.ThrowsAny<ArgumentException>(() => { _ = client.WatchJsonAsync(id); });
    }

    [Fact]
    public async Task A_list_asks_for_what_was_set()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json("""{"runs":[],"next":null}"""));
        using var http = service.Http();
        var client = Clients.Eager(http);
        await client.ListAsync();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["a b"] = "c&d" };
        await client.ListAsync(new RunQuery { Status = RunStatus.Failed, Model = "@cf/a", Metadata = metadata, Limit = 5, Cursor = "x=" });
        Assert.Equal("", service.Requests[0].Query);
        Assert.Equal("?status=failed&model=%40cf%2Fa&metadata.a%20b=c%26d&limit=5&cursor=x%3D", service.Requests[1].Query);
        var noon = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(2));
        await client.ListAsync(new RunQuery { Status = RunStatus.Failed, Statuses = [RunStatus.Queued, RunStatus.Failed], From = noon, To = noon.AddMilliseconds(250), Error = "a b" });
        Assert.Equal("?status=failed%2Cqueued&from=2026-11-21T10%3A00%3A00Z&to=2026-11-21T10%3A00%3A00.25Z&error=a%20b", service.Requests[2].Query);
    }

    [Fact]
    public async Task All_pages_come_one_after_the_other()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs",
            Answers.Json($$"""{"runs":[{{RunJson.Summary("running")}},{{RunJson.Summary("failed")}}],"next":"p2"}"""),
            Answers.Json($$"""{"runs":[],"next":"p3"}"""),
            Answers.Json($$"""{"runs":[{{RunJson.Summary("completed")}}],"next":null}"""));
        using var http = service.Http();
        var runs = await Clients.Eager(http).ListAllAsync(new RunQuery { Limit = 2 }).ToListAsync();
        Assert.Equal([RunStatus.Running, RunStatus.Failed, RunStatus.Completed], runs.Select(run => run.Status));
        Assert.All(runs, run => Assert.Equal((2, 0, 127), (run.AttemptCount, run.Attempts.Count, run.Usage!.TotalTokens)));
        Assert.Equal("GET /v1/runs?limit=2, GET /v1/runs?limit=2&cursor=p2, GET /v1/runs?limit=2&cursor=p3", service.Seen);
    }

    [Fact]
    public async Task A_page_that_leads_to_itself_ends_the_list()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json("""{"runs":[],"next":"same"}"""));
        using var http = service.Http();
        await Assert.ThrowsAsync<MalformedAnswerException>(() => Clients.Eager(http).ListAllAsync().ToListAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"runs":{}}""")]
    [InlineData("""{"runs":[null]}""")]
    [InlineData("""{"runs":[{"status":"queued"}]}""")]
    public async Task A_page_that_is_none_is_malformed(string page)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json(page));
        using var http = service.Http();
        await Assert.ThrowsAsync<MalformedAnswerException>(() => Clients.Eager(http).ListAsync());
    }

    [Fact]
    public async Task A_cancel_answers_the_run_whether_or_not_it_comes_with_the_answer()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/run_1/cancel", Answers.Run("cancelled"), Answers.Status(202), Answers.Status(204));
        service.On("GET /v1/runs/run_1", Answers.Run("running"));
        using var http = service.Http();
        var client = Clients.Eager(http);
        Assert.Equal(RunStatus.Cancelled, (await client.CancelAsync(RunJson.Id)).Status);
        Assert.Equal(RunStatus.Running, (await client.CancelAsync(RunJson.Id)).Status);
        Assert.Equal(RunStatus.Running, (await client.CancelAsync(RunJson.Id)).Status);
    }

    [Fact]
    public async Task A_delete_whose_answer_was_lost_finds_the_run_gone()
    {
        await using var service = await FakeService.StartAsync();
        service.On("DELETE /v1/runs/run_1", Answers.Lost(), Answers.Status(404));
        using var http = service.Http();
        await Clients.Eager(http).DeleteAsync(RunJson.Id);
        Assert.Equal(2, service.Requests.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    public async Task A_delete_that_is_refused_is_an_error(int status)
    {
        await using var service = await FakeService.StartAsync();
        service.On("DELETE /v1/runs/run_1", Answers.Status(status));
        using var http = service.Http();
        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => Clients.Eager(http).DeleteAsync(RunJson.Id));
        Assert.Equal((HttpStatusCode)status, refused.Status);
    }

    [Fact]
    public async Task Feedback_sends_what_was_set()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/run_1/feedback", Answers.Status(204));
        using var http = service.Http();
        await Clients.Eager(http).SendFeedbackAsync(RunJson.Id, new RunFeedback { Feedback = -1, Score = 0.5 });
        Assert.Equal("""{"feedback":-1,"score":0.5}""", Assert.Single(service.Requests).Body);
    }

    [Fact]
    public async Task The_log_is_as_the_gateway_has_it()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/log", Answers.Json("""{"id":"l1","cost":0.1}"""));
        using var http = service.Http();
        Assert.Equal("l1", (await Clients.Eager(http).GetLogAsync(RunJson.Id)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_output_is_bytes_and_their_type()
    {
        await using var service = await FakeService.StartAsync();
        byte[] image = [0x89, 0x50, 0x4E, 0x47, 0, 0xFF];
        service.On("GET /v1/runs/run_1/output", Answers.Status(202), Answers.Content("image/png", image), Answers.Content("text/plain; charset=utf-8", "Grüße"u8.ToArray()));
        using var http = service.Http();
        var client = Clients.Eager(http);
        Assert.Null(await client.GetOutputAsync(RunJson.Id, TimeSpan.FromSeconds(1.5)));
        var output = await client.GetOutputAsync(RunJson.Id);
        Assert.Equal(("image/png", false), (output!.ContentType, output.IsText));
        Assert.Equal(image, output.Bytes.ToArray());
        output = await client.GetOutputAsync(RunJson.Id);
        Assert.Equal(("Grüße", true), (output!.Text, output.IsText));
        Assert.Equal(["?wait=2", "", ""], service.Requests.Select(request => request.Query).ToArray());
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/problem+JSON; charset=utf-8", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("text/vtt", true)]
    [InlineData("audio/mpeg", false)]
    [InlineData("application/octet-stream", false)]
    public void Text_is_told_from_bytes(string contentType, bool text) => Assert.Equal(text, new OutputContent(contentType, default).IsText);

    [Fact]
    public async Task An_answer_that_is_not_the_services_is_malformed()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Content("text/html", "<html>"u8.ToArray()), Answers.Json("{}"), Answers.Json("null"), Answers.Json("[]"));
        using var http = service.Http();
        var client = Clients.Eager(http);
        for (var kind = 0; kind < 4; kind++)
        {
            await Assert.ThrowsAsync<MalformedAnswerException>(() => client.GetAsync(RunJson.Id));
        }
    }

    [Fact]
    public async Task A_refusal_names_the_parameter_or_the_header()
    {
        await using var service = await FakeService.StartAsync();
        const string Errors = ""","errors":[{"parameter":"limit","message":"too large"},{"header":"Last-Event-ID","message":"odd"}]""";
        service.On("GET /v1/runs", Answers.Problem(400, "invalid", "2 problems.", Errors));
        using var http = service.Http();
        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => Clients.Eager(http).ListAsync());
        Assert.Equal([new("limit", "too large"), new("Last-Event-ID", "odd")], refused.Errors);
    }

    [Fact]
    public async Task A_refusal_without_problem_details_tells_its_status()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Content("text/html", Encoding.UTF8.GetBytes("<html>"), 403));
        using var http = service.Http();
        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => Clients.Eager(http).GetAsync(RunJson.Id));
        Assert.Equal("HTTP 403: Forbidden", refused.Message);
    }
}
