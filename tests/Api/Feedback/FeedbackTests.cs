using System.Net;
using System.Text;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Tests.Feedback;

public sealed class FeedbackTests
{
    private static readonly string Path = $"/v1/runs/{Sample.Id}/feedback";

    [Fact]
    public async Task Feedback_is_passed_on()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Completed));

        using var response = await host.Http.PostJsonAsync(Path, """{"feedback":-1,"score":0.25,"metadata":{"a":"b","n":1,"t":true}}""");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var patch = host.Runs.Patches.Single();
        Assert.Equal(-1, patch.Feedback);
        Assert.Equal(0.25, patch.Score);
        Assert.Equal("a=b n=1 t=True", string.Join(' ', patch.Metadata!.Select(static entry => $"{entry.Key}={entry.Value}")));
    }

    [Theory]
    [InlineData("""{"feedback":2}""", "/feedback", "Give a whole number from -1 to 1.")]
    [InlineData("""{"feedback":0.5}""", "/feedback", "Give a whole number from -1 to 1.")]
    [InlineData("""{"feedback":"1"}""", "/feedback", "Give a number, not a text.")]
    [InlineData("""{"score":"high"}""", "/score", "Give a number, not a text.")]
    [InlineData("""{"score":1e999}""", "/score", "Give a number from 0 to 100.")]
    [InlineData("""{"score":100.5}""", "/score", "Give a number from 0 to 100.")]
    [InlineData("""{"score":-1}""", "/score", "Give a number from 0 to 100.")]
    [InlineData("""{"feedback":1,"metadata":{"a":null}}""", "/metadata/a", "Give a text, a number, true or false, not null.")]
    [InlineData("""{"feedback":1,"comment":"good"}""", "/comment", "There is no such field here. There are: feedback, score, metadata.")]
    [InlineData("{}", "", "There is no feedback in it: give feedback (-1, 0 or 1), score or metadata.")]
    [InlineData("""{"feedback":null,"score":null}""", "", "There is no feedback in it: give feedback (-1, 0 or 1), score or metadata.")]
    [InlineData("[1]", "", "Give an object, not a list.")]
    public async Task What_is_no_feedback_is_refused(string body, string pointer, string message)
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Completed));

        using var response = await host.Http.PostJsonAsync(Path, body);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal((pointer, message), Assert.Single(problem.Errors()));
        Assert.Empty(host.Runs.Patches);
    }

    [Fact]
    public async Task Feedback_is_json_within_the_limit()
    {
        await using var host = await ApiHost.StartAsync(("Api:MaxBodyBytes", "1024"));
        host.Runs.Add(Sample.Run(RunStatus.Completed));

        using var text = await host.Http.PostAsync(Path, new StringContent("{}"));
        using var large = await host.Http.PostJsonAsync(Path, new string(' ', 2000));

        await text.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await large.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_run_without_a_log_is_a_conflict()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.Feedback = new FeedbackOutcome.NoLog();

        using var feedback = await host.Http.PostJsonAsync(Path, """{"feedback":1}""");
        using var log = await host.Http.GetAsync($"/v1/runs/{Sample.Id}/log");

        await feedback.ReadProblemAsync(HttpStatusCode.Conflict, "no-log");
        await log.ReadProblemAsync(HttpStatusCode.Conflict, "no-log");
    }

    [Fact]
    public async Task A_refusal_of_the_gateway_is_passed_on_as_such()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        var error = new GatewayError { Code = "rate-limit", Message = "slow down", Status = 429, Recoverable = true, RetryAfter = TimeSpan.FromSeconds(2.5) };
        host.Runs.Feedback = new FeedbackOutcome.Refused(error);
        host.Runs.Log = new LogReply { Error = error };

        using var feedback = await host.Http.PostJsonAsync(Path, """{"feedback":1}""");
        using var log = await host.Http.GetAsync($"/v1/runs/{Sample.Id}/log");

        foreach (var response in new[] { feedback, log })
        {
            var problem = await response.ReadProblemAsync(HttpStatusCode.BadGateway, "upstream");
            Assert.Equal("""{"code":"rate-limit","message":"slow down","status":429,"recoverable":true}""", problem.GetProperty("error").GetRawText());
            Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter?.Delta);
        }
    }

    [Fact]
    public async Task A_log_that_the_gateway_does_not_have_is_not_found()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        var error = new GatewayError { Code = ErrorCodes.NotFound, Message = "no", Status = 404 };
        host.Runs.Feedback = new FeedbackOutcome.Refused(error);
        host.Runs.Log = new LogReply { Error = error };

        using var feedback = await host.Http.PostJsonAsync(Path, """{"feedback":1}""");
        using var log = await host.Http.GetAsync($"/v1/runs/{Sample.Id}/log");

        await feedback.ReadProblemAsync(HttpStatusCode.NotFound, "log-not-found");
        await log.ReadProblemAsync(HttpStatusCode.NotFound, "log-not-found");
    }

    [Fact]
    public async Task The_log_is_answered_as_the_gateway_has_it()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.Log = new LogReply { Body = Encoding.UTF8.GetBytes("{ \"id\" : \"log1\" }") };

        using var response = await host.Http.GetAsync($"/v1/runs/{Sample.Id}/log");

        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("{ \"id\" : \"log1\" }", await response.Content.ReadAsStringAsync());
    }
}
