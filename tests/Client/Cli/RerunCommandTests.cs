using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Cli;

public sealed class RerunCommandTests
{
    private static readonly string Other = RunJson.Of("queued").Replace("run_1", "run_2", StringComparison.Ordinal);

    [Fact]
    public async Task Rerun_writes_the_new_runs_id()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/run_0/rerun", Answers.Run("queued", httpStatus: 202));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("rerun", "run_0", "--model", "@cf/a"));
        Assert.Equal(("run_1\n", ""), (cli.Out, cli.Error));
        Assert.Equal("""{"model":"@cf/a"}""", Assert.Single(service.Requests).Body);
        using var terminal = new CliRun(service.Address) { Terminal = true };
        Assert.Equal(0, await terminal.RunAsync("rerun", "run_0"));
        Assert.Equal(("run_1\n", "watch it: orchestrator watch run_1\n"), (terminal.Out, terminal.Error));
    }

    [Fact]
    public async Task The_new_run_can_be_watched()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/run_0/rerun", Answers.Run("queued", httpStatus: 202));
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "Hello").Event(2, "run.failed")));
        service.On("GET /v1/runs/run_1", Answers.Run("failed"));
        using var cli = new CliRun(service.Address);
        Assert.Equal(1, await cli.RunAsync("rerun", "run_0", "--watch"));
        Assert.Equal("Hello", cli.Out);
        Assert.StartsWith("run_1\n", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_used_before_is_told()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/run_0/rerun", Answers.Run("completed"));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("rerun", "run_0", "--idempotency-key", "k"));
        Assert.Equal("k", Assert.Single(service.Requests).Header("Idempotency-Key"));
        Assert.Equal("this key was used before: run_1 is the run it began\n", cli.Error);
    }

    [Fact]
    public async Task Of_several_runs_one_that_is_refused_does_not_keep_back_the_others()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/a/rerun", Answers.Run("queued", httpStatus: 202)).On("POST /v1/runs/b/rerun", Answers.Problem(404, "not-found", "d"));
        service.On("POST /v1/runs/c/rerun", Answers.Problem(400, "config", "d", ",\"errors\":[{\"pointer\":\"/model\",\"message\":\"No way there.\"}]"));
        service.On("POST /v1/runs/d/rerun", Answers.Json(Other, 202));
        using var cli = new CliRun(service.Address);
        Assert.Equal(5, await cli.RunAsync("rerun", "a", "b", "c", "d", "a"));
        Assert.Equal("run_1\nrun_2\n", cli.Out);
        Assert.Equal(
            "orchestrator: b: no such run: it never was, it is another tenant's, or it was removed; see `orchestrator list`\n"
            + "orchestrator: c: refused:\norchestrator: c:   /model: No way there.\n",
            cli.Error);
        Assert.Equal(4, service.Requests.Select(static request => request.Header("Idempotency-Key")).Distinct(StringComparer.Ordinal).Count());
        using var json = new CliRun(service.Address);
        await json.RunAsync("rerun", "a", "d", "--json");
        Assert.Equal([RunJson.Id, "run_2"], json.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('"')[3]).ToArray());
    }

    [Fact]
    public async Task A_service_that_goes_away_ends_it_and_what_was_not_done_is_told()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/a/rerun", Answers.Run("queued", httpStatus: 202)).On("POST /v1/runs/b/rerun", Answers.Lost());
        using var cli = new CliRun(service.Address);
        Assert.Equal(7, await cli.RunAsync("rerun", "a", "b", "c"));
        Assert.Equal("run_1\n", cli.Out);
        Assert.Contains($"it is not known whether b is run again: repeat the command for it with --idempotency-key {service.Requests[1].Header("Idempotency-Key")}\n", cli.Error, StringComparison.Ordinal);
        Assert.Contains("2 runs from b on were not run again\n", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Requests, static request => request.Path == "/v1/runs/c/rerun");
    }
}
