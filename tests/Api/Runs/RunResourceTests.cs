using System.Net;
using System.Text;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Runs;

public sealed class RunResourceTests
{
    [Fact]
    public async Task A_run_is_written_as_the_contract_shows_it()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run() with
        {
            Usage = new TokenCounts { InputTokens = 7, OutputTokens = 120, TotalTokens = 127 },
            Warnings = [new RunWarning("not-resumable", "why")],
            Output = new Answer { Text = "Hé \"you\" 'there' <b>", ToolCalls = [new ToolCall(0, "call_1", "search", "{\"q\":")] },
        });

        using var response = await host.Http.GetAsync($"/v1/runs/{Sample.Id}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal(Expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_failed_run_shows_its_error_and_those_of_its_attempts()
    {
        await using var host = await ApiHost.StartAsync();
        var error = new RunError { Code = "rate-limit", Message = "slow down", Status = 429, Recoverable = true, UpstreamCode = "3040", RetryAfterMs = 5 };
        host.Runs.Add(Sample.Run(RunStatus.Failed) with
        {
            Error = error,
            Attempts = [Sample.Attempt() with { Error = error, EndedAt = Sample.Time, Continuation = Continuation.UserTurn }],
        });

        using var response = await host.Http.GetAsync($"/v1/runs/{Sample.Id}");

        var run = await response.ReadJsonAsync();
        const string Written = """{"code":"rate-limit","message":"slow down","status":429,"recoverable":true,"upstreamCode":"3040"}""";
        Assert.Equal("failed", run.GetProperty("status").GetString());
        Assert.Equal(Written, run.GetProperty("error").GetRawText());
        Assert.Equal(Written, run.GetProperty("attempts")[0].GetProperty("error").GetRawText());
        Assert.Equal("user-turn", run.GetProperty("attempts")[0].GetProperty("continuation").GetString());
        Assert.Equal("2026-11-21T12:00:03.25Z", run.GetProperty("endedAt").GetString());
    }

    [Fact]
    public async Task A_run_that_waits_for_its_turn_tells_for_what_since_when_and_how_long()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Queued) with
        {
            Queue = new RunQueue
            {
                Limit = "requests",
                Message = "why",
                Leg = 1,
                Model = Sample.Model,
                Since = Sample.Time,
                ExpectedAt = Sample.Time.AddSeconds(60),
                Ahead = 12,
            },
        });

        using var response = await host.Http.GetAsync($"/v1/runs/{Sample.Id}");

        Assert.Equal(
            """{"limit":"requests","message":"why","leg":1,"model":"openai/gpt-5-mini","since":"2026-11-21T12:00:00.25Z","expectedAt":"2026-11-21T12:01:00.25Z","ahead":12}""",
            (await response.ReadJsonAsync()).GetProperty("queue").GetRawText());
    }

    [Fact]
    public async Task A_document_is_told_of_by_type_and_length()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Completed) with { Output = new Answer { Documents = [new AnswerDocument("image/png", new byte[] { 1, 2, 3 })] } });

        using var response = await host.Http.GetAsync($"/v1/runs/{Sample.Id}");

        Assert.Equal(
            """{"text":"","reasoning":null,"toolCalls":[],"document":{"contentType":"image/png","bytes":3}}""",
            (await response.ReadJsonAsync()).GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Half_a_character_in_the_output_does_not_break_the_answer()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run() with { Output = new Answer { Text = "cut \ud83d" } });

        using var response = await host.Http.GetAsync($"/v1/runs/{Sample.Id}");

        Assert.Equal("cut \uFFFD", (await response.ReadJsonAsync()).GetProperty("output").GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_spec_names_extra_headers_without_their_values()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run() with
        {
            Spec = new RunSpec { Model = Sample.Model, ExtraHeaders = ["x-a", "x-b"], Fallback = new FallbackSpec { Models = ["openai/b"] } },
            Inputs = new RunInputs(
                Encoding.UTF8.GetBytes("{ \"a\" : 1 }"),
                new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["openai/b"] = Encoding.UTF8.GetBytes("{ }") }),
        });

        using var response = await host.Http.GetAsync($"/v1/runs/{Sample.Id}");

        var spec = (await response.ReadJsonAsync()).GetProperty("spec");
        Assert.Equal("""{"x-a":null,"x-b":null}""", spec.GetProperty("extraHeaders").GetRawText());
        Assert.Equal("{ \"a\" : 1 }", spec.GetProperty("input").GetRawText());
        Assert.Equal("""{"mode":"client","models":["openai/b"],"inputs":{"openai/b":{ }}}""", spec.GetProperty("fallback").GetRawText());
    }

    [Fact]
    public async Task Head_answers_like_get_without_the_body()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        using var get = await host.Http.GetAsync($"/v1/runs/{Sample.Id}");

        using var head = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/v1/runs/{Sample.Id}"));
        using var missing = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/v1/runs/{Sample.OtherId}"));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("run_01JCZ5T8M0ABCDEFGHJKMNPQRT")]
    [InlineData("run_01jcz5t8m0abcdefghjkmnpqrs")]
    [InlineData("run_1")]
    [InlineData("%0A")]
    [InlineData("..%2F..")]
    public async Task What_is_no_run_is_not_found_on_every_route(string id)
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        (HttpMethod Method, string Path)[] routes =
        [
            (HttpMethod.Get, ""), (HttpMethod.Get, "/events"), (HttpMethod.Get, "/stream"), (HttpMethod.Get, "/output"), (HttpMethod.Get, "/output?wait=1"),
            (HttpMethod.Get, "/log"), (HttpMethod.Post, "/cancel"), (HttpMethod.Post, "/feedback"), (HttpMethod.Delete, ""),
        ];
        foreach (var (method, path) in routes)
        {
            using var request = new HttpRequestMessage(method, $"/v1/runs/{id}{path}");
            request.Content = path == "/feedback" ? HttpExtensions.Json("""{"feedback":1}""") : null;
            using var response = await host.Http.SendAsync(request);
            await response.ReadProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    private static readonly string Expected = string.Concat("""
        {"id":"run_01JCZ5T8M0ABCDEFGHJKMNPQRS","status":"running","seq":128,"eventOffset":120,
        "model":"openai/gpt-5-mini","task":"text-generation","metadata":{},"warnings":[{"code":"not-resumable","message":"why"}],
        "createdAt":"2026-11-21T12:00:00.25Z","startedAt":"2026-11-21T12:00:00.25Z","endedAt":null,"incomplete":false,"incompleteReason":null,
        "output":{"text":"Hé \"you\" 'there' <b>","reasoning":null,"toolCalls":[{"index":0,"id":"call_1","name":"search","arguments":"{\"q\":"}]},"finishReason":null,
        "usage":{"inputTokens":7,"outputTokens":120,"totalTokens":127},
        "traceId":"0af7651916cd43dd8448eb211c80319c",
        "cost":null,"attempts":[{"attempt":1,"leg":0,"model":"openai/gpt-5-mini","transport":"run","resumable":true,
        "gatewayRunId":"gw1","gatewayLogId":"log1","startedAt":"2026-11-21T12:00:00.25Z","firstEventAt":"2026-11-21T12:00:00.55Z","endedAt":null,
        "events":120,"reattaches":1,"usage":null,"error":null}],
        "error":null,
        "spec":{"model":"openai/gpt-5-mini","input":{"messages":[{"role":"user","content":"Hi"}]},"task":"text-generation","fallback":null,
        "retry":{"maxAttempts":3,"delayMs":500,"maxDelayMs":30000,"backoff":"exponential"},"resume":null,"onResumeExpired":"error","onStreamFailure":null,
        "transport":null,"gateway":{"id":null,"skipCache":null,"cacheTtl":null,"cacheKey":null,"collectLog":null,"metadata":null,"eventId":null,
        "requestTimeoutMs":null,"retries":null},"byok":false,"byokAlias":null,"zdr":null,"extraHeaders":{},"sessionAffinity":null,
        "timeouts":{"firstEventMs":60000,"idleMs":30000,"totalMs":3600000},"metadata":{},"webhook":null}}
        """.Split('\n', '\r'));
}
