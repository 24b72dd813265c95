using System.Net;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Hosting;

namespace Orchestrator.Api.Tests.Streams;

public sealed class SubmitAndWatchTests
{
    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("TEXT/EVENT-STREAM")]
    [InlineData("text/event-stream, application/json;q=0.5")]
    [InlineData("text/event-stream, application/json")]
    [InlineData("text/event-stream, */*")]
    [InlineData("*/*, text/event-stream")]
    [InlineData("*/*;q=0.5, text/event-stream")]
    [InlineData("application/json;q=0.1, */*, text/event-stream;q=0.2")]
    [InlineData("application/json;q=0, application/*, text/event-stream;q=0.2")]
    public async Task A_submission_can_be_answered_with_its_events(string accept)
    {
        await using var host = await StartAsync();

        using var response = await host.Http.SubmitAsync(Sample.Body(), ("Accept", accept));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal($"/v1/runs/{Sample.Id}", response.Headers.Location?.ToString());
        Assert.Equal("id: 1\n\n", await response.Content.ReadAsStringAsync());
        Assert.Equal((Sample.Id, 0L), host.Runs.Opened.Single());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData("text/html")]
    [InlineData("application/json, text/event-stream")]
    [InlineData("application/json, text/event-stream;q=0.5")]
    [InlineData("text/event-stream;q=0")]
    [InlineData("text/event-stream;q=0.1, application/json;q=0.2")]
    [InlineData("garbage;;;")]
    [InlineData("*/*;q=0.8, text/event-stream;q=0.5")]
    [InlineData("text/event-stream;q=0.5, application/*;q=0.6")]
    [InlineData("application/*;q=0.6, */*;q=0.1, text/event-stream;q=0.5")]
    public async Task Otherwise_the_answer_is_the_run(string accept)
    {
        await using var host = await StartAsync();

        using var response = await host.Http.SubmitAsync(Sample.Body(), ("Accept", accept));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(host.Runs.Opened);
    }

    [Fact]
    public async Task A_repeated_submission_streams_the_same_run_from_the_start()
    {
        await using var host = await StartAsync();
        host.Runs.OnSubmit = _ => new SubmitOutcome.Repeated(Sample.Run());

        using var response = await host.Http.SubmitAsync(Sample.Body(), ("Accept", "text/event-stream"), ("Idempotency-Key", "k"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("id: 1\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_refusal_is_a_problem_whatever_was_asked_for()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.SubmitAsync("{}", ("Accept", "text/event-stream"));

        await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    private static async Task<ApiHost> StartAsync()
    {
        var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.OnOpen = () => new OpenedReader.Opened(ScriptedReader.Of("id: 1\n\n"));
        return host;
    }
}
