using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Cli;

public sealed class SubmitCommandTests
{
    [Fact]
    public async Task In_a_pipe_the_id_stands_alone()
    {
        await using var service = await SubmittableAsync();
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("submit", "openai/gpt-5-mini", "Hello"));
        Assert.Equal("run_1\n", cli.Out);
        Assert.Equal("", cli.Error);
    }

    [Fact]
    public async Task On_a_terminal_the_next_step_is_told_beside_it()
    {
        await using var service = await SubmittableAsync();
        using var cli = new CliRun(service.Address) { Terminal = true };
        await cli.RunAsync("submit", "m", "Hello");
        Assert.Equal("run_1\n", cli.Out);
        Assert.Equal("watch it: orchestrator watch run_1\n", cli.Error);
    }

    [Fact]
    public async Task With_json_the_run_is_told()
    {
        await using var service = await SubmittableAsync();
        using var cli = new CliRun(service.Address);
        await cli.RunAsync("submit", "m", "Hello", "--json");
        Assert.StartsWith("{\"id\":\"run_1\",\"status\":\"queued\"", cli.Out, StringComparison.Ordinal);
        Assert.Equal(1, cli.Out.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Every_option_reaches_the_service()
    {
        await using var service = await SubmittableAsync();
        using var cli = new CliRun(service.Address);
        await cli.RunAsync(
            "submit", "@cf/meta/llama", "@all: hello", "--fallback", "a/b", "--fallback", "@cf/c", "--on-stream-failure", "accept-partial",
            "--max-attempts", "5", "--task", "vision", "-n", "2", "--metadata", "team=a", "--metadata", "eq=x=y", "--idempotency-key", "mine");
        var request = Assert.Single(service.Requests);
        Assert.Equal(
            """
            {"model":"@cf/meta/llama","input":{"messages":[{"role":"user","content":"@all: hello"}]},"task":"vision","n":2,"fallback":{"models":["a/b","@cf/c"]},
            "retry":{"maxAttempts":5},"onStreamFailure":"accept-partial","metadata":{"team":"a","eq":"x=y"}}
            """.Replace("\n", "", StringComparison.Ordinal),
            request.Body);
        Assert.Equal("mine", request.Header("Idempotency-Key"));
    }

    [Fact]
    public async Task A_prompt_can_come_from_standard_input()
    {
        await using var service = await SubmittableAsync();
        using var cli = new CliRun(service.Address) { Input = "--Hello\nworld" };
        await cli.RunAsync("submit", "m", "-");
        Assert.Contains("\"content\":\"--Hello\\nworld\"", Assert.Single(service.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_can_come_from_a_file_or_standard_input()
    {
        await using var service = await SubmittableAsync();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{ "text": ["a"] }""");
            using var fromFile = new CliRun(service.Address);
            Assert.Equal(0, await fromFile.RunAsync("submit", "m", "--input", file));
        }
        finally
        {
            File.Delete(file);
        }

        using var fromPipe = new CliRun(service.Address) { Input = """{"text":["a"]}""" };
        Assert.Equal(0, await fromPipe.RunAsync("submit", "m", "--input", "-"));
        Assert.All(service.Requests, request => Assert.Contains("\"input\":{", request.Body, StringComparison.Ordinal));
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task A_lost_answer_does_not_start_a_second_run()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Lost(), Answers.Run("running", httpStatus: 200));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("submit", "m", "p"));
        Assert.Equal(("run_1\n", ""), (cli.Out, cli.Error));
        Assert.Equal(service.Requests[0].Header("Idempotency-Key"), service.Requests[1].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task A_key_that_was_used_is_told()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Run("completed", httpStatus: 200));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("submit", "m", "p", "--idempotency-key", "mine"));
        Assert.Equal("run_1\n", cli.Out);
        Assert.Contains("this key was used before", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_submission_lists_every_problem()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs", Answers.Problem(400, "config", "d", ""","errors":[{"pointer":"/model","detail":"is unknown"},{"pointer":"/retry","detail":"is odd"}]"""));
        using var cli = new CliRun(service.Address);
        Assert.Equal(2, await cli.RunAsync("submit", "m", "p"));
        Assert.Equal("orchestrator: refused:\norchestrator:   /model: is unknown\norchestrator:   /retry: is odd\n", cli.Error);
    }

    [Fact]
    public async Task Watched_the_text_is_all_of_the_output_and_the_id_is_told_beside_it()
    {
        await using var service = await SubmittableAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "Hello").Event(2, "run.completed")));
        service.On("GET /v1/runs/run_1", Answers.Run("completed"));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("submit", "m", "p", "--watch"));
        Assert.Equal("Hello", cli.Out);
        Assert.StartsWith("run_1\n", cli.Error, StringComparison.Ordinal);
    }

    private static async Task<FakeService> SubmittableAsync() => (await FakeService.StartAsync()).On("POST /v1/runs", Answers.Run("queued", httpStatus: 202));
}
