using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Cli;

/// <summary>The exit codes that scripts depend on, as numbers.</summary>
public sealed class ExitCodeTests
{
    private const string Incomplete = ",\"incomplete\":true,\"incompleteReason\":\"resume-expired\"";
    private const string Broken = ",\"error\":{\"code\":\"billing\",\"message\":\"No credit.\"}";

    [Theory]
    [InlineData("run.completed", "", 0, "")]
    [InlineData("run.failed", Broken, 1, "failed: billing: No credit.")]
    [InlineData("run.completed", Incomplete, 3, "incomplete: resume-expired")]
    [InlineData("run.cancelled", "", 4, "cancelled")]
    public async Task Watch_exits_as_the_run_ended(string type, string more, int code, string trouble)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "Hello").Event(2, type, more)));
        service.On("GET /v1/runs/run_1", Answers.Run(type[4..]));
        using var cli = new CliRun(service.Address);
        Assert.Equal(code, await cli.RunAsync("watch", "run_1"));
        Assert.Equal("Hello", cli.Out);
        Assert.StartsWith(trouble, cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("completed", "", 0)]
    [InlineData("failed", Broken, 1)]
    [InlineData("completed", Incomplete, 3)]
    [InlineData("cancelled", "", 4)]
    public async Task Watch_of_a_run_that_ended_before_the_cursor_exits_as_it_ended(string status, string more, int code)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Status(204));
        service.On("GET /v1/runs/run_1", Answers.Json(RunJson.Of(status, more)));
        using var cli = new CliRun(service.Address);
        Assert.Equal(code, await cli.RunAsync("watch", "run_1", "--after", "7"));
        Assert.Equal("?after=7", service.Requests[0].Query);
    }

    [Theory]
    [InlineData("completed", "", 0)]
    [InlineData("failed", Broken, 1)]
    [InlineData("completed", Incomplete, 3)]
    [InlineData("cancelled", "", 4)]
    [InlineData("running", "", 3)]
    public async Task Output_exits_as_the_run_ended(string status, string more, int code)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Json(RunJson.Of(status, more)));
        service.On("GET /v1/runs/run_1/output", Answers.Content("text/plain", "Hello"u8.ToArray()));
        using var cli = new CliRun(service.Address);
        Assert.Equal(code, await cli.RunAsync("output", "run_1"));
        Assert.Equal(status == "running" ? "" : "Hello", cli.Out);
    }

    [Fact]
    public async Task Submit_and_watch_exits_as_the_run_ended()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Run("queued", httpStatus: 202));
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "Hello").Event(2, "run.failed", Broken)));
        service.On("GET /v1/runs/run_1", Answers.Run("failed"));
        using var cli = new CliRun(service.Address);
        Assert.Equal(1, await cli.RunAsync("submit", "m", "p", "--watch"));
        Assert.Equal("Hello", cli.Out);
    }

    [Theory]
    [InlineData(400, 2, "refused: Some detail.")]
    [InlineData(409, 2, "refused: Some detail.")]
    [InlineData(422, 2, "refused: Some detail.")]
    [InlineData(404, 5, "no such run")]
    [InlineData(401, 6, "set --key or ORCHESTRATOR_API_KEY")]
    [InlineData(403, 6, "this key may not do that: Some detail.")]
    [InlineData(429, 7, "the service is busy: Some detail.")]
    [InlineData(503, 7, "is in trouble: Some detail.")]
    public async Task A_refusal_has_its_code_and_its_way_out(int status, int code, string message)
    {
        await using var service = await FakeService.StartAsync();
        var refusal = Answers.Problem(status, status == 404 ? "not-found" : "c", "Some detail.");
        service.On("GET /v1/runs/run_1", refusal).On("DELETE /v1/runs/run_1", refusal).On("POST /v1/runs/run_1/cancel", refusal);
        service.On("GET /v1/runs", refusal).On("POST /v1/runs", refusal).On("POST /v1/runs/run_1/feedback", refusal);
        string[] ofRuns = ["get run_1", "delete run_1", "cancel run_1", "feedback run_1 good", "output run_1"];
        foreach (var command in status == 404 ? ofRuns : [.. ofRuns, "list", "submit m p"])
        {
            using var cli = new CliRun(service.Address);
            Assert.Equal((command, code), (command, await cli.RunAsync(command.Split(' '))));
            Assert.Contains(message, cli.Error, StringComparison.Ordinal);
            Assert.Equal("", cli.Out);
        }
    }

    [Theory]
    [InlineData("list")]
    [InlineData("submit m p")]
    public async Task Not_found_where_no_run_was_asked_for_is_the_wrong_address(string command)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/v1/runs", Answers.Problem(404, "not-found", "d")).On("POST /v1/v1/runs", Answers.Problem(404, "not-found", "d"));
        using var cli = new CliRun(new Uri(service.Address, "v1"));
        Assert.Equal(7, await cli.RunAsync(command.Split(' ')));
        Assert.Contains("/v1 is not where this service is: set --url to its root", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, 5)]
    [InlineData(401, 6)]
    [InlineData(403, 6)]
    public async Task A_watch_that_is_refused_has_its_code(int status, int code)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Status(status));
        using var cli = new CliRun(service.Address);
        Assert.Equal(code, await cli.RunAsync("watch", "run_1"));
    }

    [Theory]
    [InlineData("get run_1")]
    [InlineData("watch run_1")]
    [InlineData("list")]
    [InlineData("submit m p")]
    public async Task Nobody_there_is_7_and_names_the_way_out(string command)
    {
        var service = await FakeService.StartAsync();
        var address = service.Address;
        await service.DisposeAsync();
        using var cli = new CliRun(address);
        Assert.Equal(7, await cli.RunAsync(command.Split(' ')));
        Assert.Contains($"no service at {address.OriginalString}: start one with `dotnet run --project standalone` or set --url", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not known whether", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_service_at_the_address_is_7()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Content("text/html", "<html>"u8.ToArray()));
        service.On("GET /v1/runs/run_1/events", Answers.Content("text/html", "<html>"u8.ToArray()));
        foreach (var command in (string[])["get", "watch"])
        {
            using var cli = new CliRun(service.Address);
            Assert.Equal(7, await cli.RunAsync(command, "run_1"));
            Assert.Contains("is not this service", cli.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_gap_is_7()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(2, "x")));
        using var cli = new CliRun(service.Address);
        Assert.Equal(7, await cli.RunAsync("watch", "run_1"));
        Assert.Contains("event 1 should follow, but 2 came", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_is_130_and_tells_how_to_come_back()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "a").Text(2, "b").ThenSilent()));
        using var cli = new CliRun();
        var running = cli.RunAsync("watch", "run_1", "--url", service.Address.OriginalString);
        await cli.OutContainsAsync("ab");
        cli.Interrupt();
        Assert.Equal(130, await running);
        Assert.Contains($"run_1 goes on; come back with: orchestrator watch run_1 --after 2 --url {service.Address.OriginalString}", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Requests, request => request.Path.EndsWith("/cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_submit_interrupted_before_its_answer_tells_its_key()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", async (_, stop) => await Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(_ => { }, TaskScheduler.Default));
        using var cli = new CliRun(service.Address);
        var running = cli.RunAsync("submit", "m", "p");
        await service.ArrivalAsync();
        cli.Interrupt();
        Assert.Equal(130, await running);
        Assert.Contains($"--idempotency-key {service.Requests[0].Header("Idempotency-Key")}", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_lost_for_good_is_7_and_tells_how_to_come_back()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "a")), Answers.Status(503));
        using var cli = new CliRun(service.Address);
        Assert.Equal(7, await cli.RunAsync("watch", "run_1"));
        Assert.Contains("come back with: orchestrator watch run_1 --after 1", cli.Error, StringComparison.Ordinal);
    }
}
