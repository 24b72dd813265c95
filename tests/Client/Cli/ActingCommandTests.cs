using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Cli;

public sealed class ActingCommandTests
{
    [Fact]
    public async Task Cancel_tells_the_status()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/run_1/cancel", Answers.Run("cancelled"));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("cancel", "run_1"));
        Assert.Equal("run_1\tcancelled\n", cli.Out);
    }

    [Fact]
    public async Task Delete_says_nothing()
    {
        await using var service = await FakeService.StartAsync();
        service.On("DELETE /v1/runs/run_1", Answers.Status(204));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("delete", "run_1"));
        Assert.Equal(("", ""), (cli.Out, cli.Error));
    }

    [Fact]
    public async Task What_was_not_found_is_said_where_it_is_not_the_run()
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/run_1/feedback", Answers.Problem(404, "log-not-found", "The gateway has no log of it."));
        using var cli = new CliRun(service.Address);
        Assert.Equal(5, await cli.RunAsync("feedback", "run_1", "good"));
        Assert.Equal("orchestrator: The gateway has no log of it.\n", cli.Error);
    }

    [Theory]
    [InlineData("good", """{"feedback":1}""")]
    [InlineData("bad|--score|2.5", """{"feedback":-1,"score":2.5}""")]
    [InlineData("none|--metadata|a=b", """{"feedback":0,"metadata":{"a":"b"}}""")]
    [InlineData("--score|7", """{"score":7}""")]
    public async Task Feedback_sends_what_was_said(string args, string body)
    {
        await using var service = await FakeService.StartAsync();
        service.On("POST /v1/runs/run_1/feedback", Answers.Status(204));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync(["feedback", "run_1", .. args.Split('|')]));
        Assert.Equal(body, Assert.Single(service.Requests).Body);
    }
}
