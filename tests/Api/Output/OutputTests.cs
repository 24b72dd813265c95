using System.Net;
using System.Text;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Output;

public sealed class OutputTests
{
    private static readonly string Path = $"/v1/runs/{Sample.Id}/output";

    [Fact]
    public async Task Text_is_text()
    {
        using var response = await GetAsync(new Answer { Text = "Héllo 😀", Reasoning = "hm", ToolCalls = [new ToolCall(0, "c", "t", "{}")] });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("Héllo 😀", await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.Contains("Orchestrator-Incomplete"));
    }

    [Fact]
    public async Task An_empty_answer_is_an_empty_text()
    {
        using var response = await GetAsync(new Answer());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Tool_calls_alone_are_json()
    {
        using var response = await GetAsync(new Answer { ToolCalls = [new ToolCall(0, "c1", "search", "{\"q\":1}"), new ToolCall(1, null, null, "")] });

        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            """{"toolCalls":[{"index":0,"id":"c1","name":"search","arguments":"{\"q\":1}"},{"index":1,"id":null,"name":null,"arguments":""}]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("image/png", "image/png")]
    [InlineData("application/json; charset=utf-8", "application/json; charset=utf-8")]
    [InlineData("text/html", "text/html")]
    [InlineData("nonsense", "application/octet-stream")]
    [InlineData("a/b\r\nx: y", "application/octet-stream")]
    public async Task A_document_has_its_own_content_type_and_runs_in_no_browser(string type, string answered)
    {
        using var response = await GetAsync(new Answer { Documents = [new AnswerDocument(type, Encoding.UTF8.GetBytes("bytes"))] });

        Assert.Equal(answered, response.Content.Headers.ContentType?.ToString());
        Assert.Equal("bytes", await response.Content.ReadAsStringAsync());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Several_results_are_a_list_and_each_is_to_be_had()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Completed) with
        {
            Output = new Answer { Documents = [new AnswerDocument("image/png", new byte[] { 1 }), new AnswerDocument("image/jpeg", new byte[] { 2, 3 })] },
        });

        Assert.Equal(
            $$"""{"documents":[{"part":0,"contentType":"image/png","bytes":1,"url":"{{Path}}?part=0"},{"part":1,"contentType":"image/jpeg","bytes":2,"url":"{{Path}}?part=1"}]}""",
            await host.Http.GetStringAsync(Path));
        using var second = await host.Http.GetAsync(Path + "?part=1");
        Assert.Equal("image/jpeg", second.Content.Headers.ContentType?.ToString());
        Assert.Equal([2, 3], await second.Content.ReadAsByteArrayAsync());
        using var third = await host.Http.GetAsync(Path + "?part=2");
        var problem = await third.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Contains("0 to 1", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?part=0", HttpStatusCode.OK)]
    [InlineData("?part=1", HttpStatusCode.BadRequest)]
    [InlineData("?part=-1", HttpStatusCode.BadRequest)]
    [InlineData("?part=", HttpStatusCode.BadRequest)]
    [InlineData("?part=0&part=0", HttpStatusCode.BadRequest)]
    public async Task One_result_is_part_0(string query, HttpStatusCode status)
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Completed));

        using var response = await host.Http.GetAsync(Path + query);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("stream-broken", "stream-broken")]
    [InlineData(null, "unknown")]
    [InlineData("a\r\nb: é", "a??b: ?")]
    public async Task A_partial_answer_says_so_in_a_header(string? reason, string header)
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Completed) with { Incomplete = true, IncompleteReason = reason });

        using var response = await host.Http.GetAsync(Path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(header, response.Headers.GetValues("Orchestrator-Incomplete").Single());
        Assert.Equal("Hello", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(RunStatus.Queued, "queued")]
    [InlineData(RunStatus.Running, "running")]
    public async Task An_unfinished_run_is_202_with_its_status(RunStatus status, string name)
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(status));

        using var response = await host.Http.GetAsync(Path);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal($$"""{"id":"{{Sample.Id}}","status":"{{name}}","seq":128}""", await response.Content.ReadAsStringAsync());
        Assert.Empty(host.Runs.Waits);
    }

    [Theory]
    [InlineData("Hello", true)]
    [InlineData("", false)]
    public async Task A_failed_run_has_no_output_but_says_why_and_whether_there_is_a_part(string text, bool partial)
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Failed) with
        {
            Output = new Answer { Text = text },
            Error = new RunError { Code = "stream-truncated", Message = "cut", Recoverable = true },
        });

        using var response = await host.Http.GetAsync(Path);

        var problem = await response.ReadProblemAsync(HttpStatusCode.Conflict, "run-failed");
        Assert.Equal("stream-truncated", problem.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(partial, problem.GetProperty("partialOutput").GetBoolean());
    }

    [Fact]
    public async Task A_cancelled_run_has_no_output()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Cancelled));

        using var response = await host.Http.GetAsync(Path);

        var problem = await response.ReadProblemAsync(HttpStatusCode.Conflict, "run-cancelled");
        Assert.True(problem.GetProperty("partialOutput").GetBoolean());
    }

    [Fact]
    public async Task Wait_waits_for_the_end()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.OnWait = _ => host.Runs.Add(Sample.Run(RunStatus.Completed));

        using var response = await host.Http.GetAsync(Path + "?wait=30");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), host.Runs.Waits.Single());
    }

    [Theory]
    [InlineData("9", 9)]
    [InlineData("10", 10)]
    [InlineData("11", 10)]
    [InlineData("9223372036854775807", 10)]
    public async Task Wait_is_bounded_by_the_service_and_then_202(string wait, int seconds)
    {
        await using var host = await ApiHost.StartAsync(("Api:MaxWait", "00:00:10"));
        host.Runs.Add(Sample.Run());

        using var response = await host.Http.GetAsync($"{Path}?wait={wait}");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(seconds), host.Runs.Waits.Single());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1.5")]
    [InlineData("1&wait=2")]
    public async Task A_malformed_wait_is_refused(string wait)
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Completed));

        using var response = await host.Http.GetAsync($"{Path}?wait={wait}");

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal("wait", problem.GetProperty("errors")[0].GetProperty("parameter").GetString());
    }

    private static async Task<HttpResponseMessage> GetAsync(Answer answer)
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Completed) with { Output = answer });
        var response = await host.Http.GetAsync(Path);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }
}
