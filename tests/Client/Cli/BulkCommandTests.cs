using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Cli;

public sealed class BulkCommandTests
{
    private const string Two = """{"matched":2,"results":[{"id":"a","outcome":"deleted"},{"id":"b","outcome":"deleted"}],"more":false,"next":null}""";

    private static readonly string Page = $$"""
        {"runs":[{{Summary("a", "failed")}},{{Summary("b", "failed")}},{{Summary("c", "cancelled")}}],"next":null}
        """;

    [Fact]
    public async Task Several_runs_are_named_and_each_is_told_in_a_pipe_without_a_question()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/delete", Answers.Json(Two));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("delete", "a", "b"));
        Assert.Equal(("a\tdeleted\t\nb\tdeleted\t\n", ""), (cli.Out, cli.Error));
        Assert.Equal("""{"ids":["a","b"]}""", Assert.Single(service.Requests).Body);
    }

    [Theory]
    [InlineData("not-found", null, 5, "b\tnot-found\t\n")]
    [InlineData("active", null, 2, "b\tactive\tit has not ended: cancel it first\n")]
    [InlineData(null, "No journal.", 7, "b\tfailed\tNo journal.\n")]
    public async Task Where_one_was_not_done_it_is_told_with_the_highest_code(string? outcome, string? error, int code, string row)
    {
        await using var service = await FakeService.StartAsync();
        var failed = $$"""{"id":"b","outcome":{{Quoted(outcome)}},"error":{{Quoted(error)}}}""";
        service.On("POST /v1/runs/delete", Answers.Json($$"""{"results":[{"id":"a","outcome":"deleted"},{{failed}},{"id":"c","outcome":"active"}],"next":null}"""));
        using var cli = new CliRun(service.Address);
        Assert.Equal(code, await cli.RunAsync("delete", "a", "b", "c"));
        Assert.Contains(row, cli.Out, StringComparison.Ordinal);
        Assert.StartsWith("3 runs: 1 deleted, ", cli.Error, StringComparison.Ordinal);
        using var json = new CliRun(service.Address);
        Assert.Equal(code, await json.RunAsync("delete", "a", "b", "c", "--json"));
        Assert.Equal(failed, json.Out.Split('\n')[1]);
    }

    [Fact]
    public async Task A_run_that_had_ended_needs_no_cancelling()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/cancel", Answers.Json("""{"results":[{"id":"a","outcome":"cancelled"},{"id":"b","outcome":"already-ended"}],"next":null}"""));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("cancel", "a", "b"));
        Assert.Equal("a\tcancelled\t\nb\talready-ended\t\n", cli.Out);
    }

    [Fact]
    public async Task Who_said_yes_is_not_asked_and_the_service_gets_the_filter()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/delete", Answers.Json(Two));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("delete", "--status", "failed", "--to", "2h", "--metadata", "a=b", "--error", "credit", "--yes"));
        Assert.Equal("a\tdeleted\t\nb\tdeleted\t\n", cli.Out);
        var request = Assert.Single(service.Requests);
        Assert.Equal(
            """{"filter":{"status":["failed"],"metadata":{"a":"b"},"to":"2026-11-21T10:00:00+00:00","error":"credit"}}""",
            System.Text.RegularExpressions.Regex.Unescape(request.Body));
    }

    [Theory]
    [InlineData("cancel", """{"filter":{"status":["queued","running"]}}""")]
    [InlineData("delete", """{"filter":{"status":["completed","failed","cancelled"]}}""")]
    public async Task All_is_all_that_it_can_be_done_to(string command, string body)
    {
        await using var service = await FakeService.StartAsync();
        service.On($"POST /v1/runs/{command}", Answers.Json("""{"results":[],"next":null}"""));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync(command, "--all", "--yes"));
        Assert.Equal(("", $"no runs to {command}\n"), (cli.Out, cli.Error));
        Assert.Equal(body, Assert.Single(service.Requests).Body);
    }

    [Fact]
    public async Task A_person_is_asked_about_the_very_runs_that_it_is_then_done_to()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json(Page)).On("POST /v1/runs/delete", Answers.Json(Two));
        using var cli = new CliRun(service.Address) { Terminal = true, Input = "y\n" };
        Assert.Equal(0, await cli.RunAsync("delete", "--status", "failed,cancelled"));
        Assert.Equal("Delete 3 runs (2 failed, 1 cancelled) for good? [y/N] 2 runs: 2 deleted\n", cli.Error);
        Assert.Equal(["?status=failed%2Ccancelled&limit=200", ""], service.Requests.Select(static request => request.Query).ToArray());
        Assert.Equal("""{"ids":["a","b","c"]}""", service.Requests[1].Body);
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    [InlineData("")]
    [InlineData("yes please\n")]
    public async Task Without_a_yes_nothing_is_done(string answer)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json($$"""{"runs":[{{Summary("a", "running")}}],"next":null}"""));
        using var filter = new CliRun(service.Address) { Terminal = true, Input = answer };
        Assert.Equal(130, await filter.RunAsync("cancel", "--all"));
        Assert.Equal("Cancel 1 running run? [y/N] nothing was done\n", filter.Error);
        using var ids = new CliRun(service.Address) { Terminal = true, Input = answer };
        Assert.Equal(130, await ids.RunAsync("cancel", "a", "b", "a"));
        Assert.Equal("Cancel 2 runs? [y/N] nothing was done\n", ids.Error);
        Assert.DoesNotContain(service.Requests, static request => request.Method == "POST");
    }

    [Fact]
    public async Task Where_nothing_fits_nobody_is_asked()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json("""{"runs":[],"next":null}"""));
        using var cli = new CliRun(service.Address) { Terminal = true };
        Assert.Equal(0, await cli.RunAsync("delete", "--error", "credit"));
        Assert.Equal("no runs to delete\n", cli.Error);
    }

    [Fact]
    public async Task A_filter_needs_a_yes_where_nobody_can_be_asked()
    {
        await using var service = await FakeService.StartAsync();
        using var cli = new CliRun(service.Address);
        Assert.Equal(2, await cli.RunAsync("delete", "--status", "failed"));
        Assert.Contains("add --yes", cli.Error, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task One_run_is_neither_asked_about_nor_counted()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/run_1/cancel", Answers.Run("cancelled"));
        using var cli = new CliRun(service.Address) { Terminal = true };
        Assert.Equal(0, await cli.RunAsync("cancel", "run_1", "run_1"));
        Assert.Equal(("run_1\tcancelled\n", ""), (cli.Out, cli.Error));
    }

    [Fact]
    public async Task Interrupted_at_the_question_nothing_is_done()
    {
        await using var service = await FakeService.StartAsync();
        using var cli = new CliRun(service.Address) { Terminal = true, Reader = new EndlessReader() };
        var running = cli.RunAsync("delete", "a", "b");
        await cli.ErrorContainsAsync("[y/N]");
        cli.Interrupt();
        Assert.Equal(130, await running);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task What_was_done_before_the_service_went_away_is_told()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/cancel", Answers.Json("""{"results":[{"id":"a","outcome":"cancelled"}],"next":"n2"}"""), Answers.Status(503));
        using var cli = new CliRun(service.Address);
        Assert.Equal(7, await cli.RunAsync("cancel", "--all", "--yes"));
        Assert.Equal("a\tcancelled\t\n", cli.Out);
        Assert.StartsWith("it stopped after 1 run; the same command goes on with the others\n", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, 6, "set --key")]
    [InlineData(403, 6, "this key may not do that")]
    [InlineData(404, 7, "is not where this service is")]
    public async Task A_refusal_of_all_is_told_once(int status, int code, string message)
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/cancel", Answers.Problem(status, "c", "d"));
        using var cli = new CliRun(service.Address);
        Assert.Equal(code, await cli.RunAsync("cancel", "a", "b"));
        Assert.Contains(message, cli.Error, StringComparison.Ordinal);
        Assert.Single(cli.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";

    private static string Summary(string id, string status) => RunJson.Summary(status).Replace("run_1", id, StringComparison.Ordinal);
}
