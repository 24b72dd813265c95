using System.Net;
using System.Text;
using System.Text.Json;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Submit;

public sealed class SubmitTests
{
    [Fact]
    public async Task A_submission_is_accepted_with_the_run_and_where_it_is()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SubmitAsync(Sample.Body());

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/v1/runs/{Sample.Id}", response.Headers.Location?.ToString());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        var run = await response.ReadJsonAsync();
        Assert.Equal(Sample.Id.ToString(), run.GetProperty("id").GetString());
        Assert.Equal("running", run.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Absent_fields_are_the_defaults_of_the_engine()
    {
        var submission = await SubmittedAsync(Sample.Body());

        Assert.Equal("", submission.Tenant);
        Assert.Null(submission.IdempotencyKey);
        Assert.Empty(submission.ExtraHeaders);
        Assert.Empty(submission.Spec.ExtraHeaders);
        Assert.Empty(submission.Spec.Warnings);
        Assert.Equivalent(new RunSpec { Model = Sample.Model }, submission.Spec, strict: true);
    }

    [Fact]
    public async Task Null_is_the_default_everywhere()
    {
        var nulls = string.Join(',', Api.Submit.SubmitFields.Run.Where(static name => name is not ("model" or "input")).Select(static name => $"\"{name}\":null"));
        var nested = """
            "fallback":{"mode":null,"models":null,"inputs":null},
            "retry":{"maxAttempts":null,"delayMs":null,"maxDelayMs":null,"backoff":null},
            "gateway":{"id":null,"skipCache":null,"cacheTtl":null,"cacheKey":null,"collectLog":null,"metadata":null,"eventId":null,"requestTimeoutMs":null,"retries":{"maxAttempts":null,"retryDelayMs":null,"backoff":null}},
            "timeouts":{"firstEventMs":null,"idleMs":null,"totalMs":null},
            "webhook":{"url":"https://example.com/hook","events":null}
            """;

        Assert.Equivalent(new RunSpec { Model = Sample.Model }, (await SubmittedAsync(Sample.Body(nulls))).Spec, strict: true);
        var spec = (await SubmittedAsync(Sample.Body(nested))).Spec;
        Assert.Equivalent(new RetrySpec(), spec.Retry, strict: true);
        Assert.Equivalent(new TimeoutSpec(), spec.Timeouts, strict: true);
        Assert.Equivalent(new GatewaySpec { Retries = new GatewayRetrySpec() }, spec.Gateway, strict: true);
        Assert.Equal("client", spec.Fallback!.Mode);
        Assert.Empty(spec.Fallback.Models);
        Assert.Empty(spec.Webhook!.Events);
    }

    [Fact]
    public async Task Every_field_arrives()
    {
        var submission = await SubmittedAsync(Bodies.Full);
        var spec = submission.Spec;

        Assert.Equal("openai/gpt-5-mini", spec.Model);
        Assert.Equal(["anthropic/claude-haiku-4.5", "@cf/meta/llama-3.1-8b-instruct"], spec.Fallback!.Models);
        Assert.Equal("""{"max_tokens": 5, "messages": []}""", Text(submission.Inputs.ByModel["anthropic/claude-haiku-4.5"]));
        Assert.Equivalent(new RetrySpec { MaxAttempts = 2, DelayMs = 100, MaxDelayMs = 2000, Backoff = Backoff.Linear }, spec.Retry, strict: true);
        Assert.Equal(StreamPolicy.Continue, spec.OnResumeExpired);
        Assert.Equal(StreamPolicy.AcceptPartial, spec.OnStreamFailure);
        Assert.Equal("run", spec.Transport);
        Assert.Equal("prod", spec.Gateway.Id);
        Assert.False(spec.Gateway.SkipCache);
        Assert.Equal("k1", spec.Gateway.CacheKey);
        Assert.True(spec.Gateway.CollectLog);
        Assert.Equal("a", spec.Gateway.Metadata!["team"].GetString());
        Assert.Equal("e1", spec.Gateway.EventId);
        Assert.Equal(1000, spec.Gateway.RequestTimeoutMs);
        Assert.Equivalent(new GatewayRetrySpec { MaxAttempts = 5, RetryDelayMs = 5000, Backoff = Backoff.Constant }, spec.Gateway.Retries, strict: true);
        Assert.False(spec.Byok);
        Assert.True(spec.Zdr);
        Assert.Equal(["x-trace"], spec.ExtraHeaders);
        Assert.Equal("secret-value", submission.ExtraHeaders["x-trace"]);
        Assert.Equal("user-1", spec.SessionAffinity);
        Assert.Equivalent(new TimeoutSpec { FirstEventMs = 1, IdleMs = 2, TotalMs = 3 }, spec.Timeouts, strict: true);
        Assert.Equal("""{"conversation": "c1", "n": 1.50, "b": true}""", spec.Metadata!.Value.GetRawText());
        Assert.Equal("https://example.com/hook?x=1", spec.Webhook!.Url);
        Assert.Equal(["run.completed", "run.failed"], spec.Webhook.Events);
    }

    [Fact]
    public async Task A_whole_number_may_be_written_with_a_point_and_a_short_bound_shortens_the_first_delay()
    {
        var spec = (await SubmittedAsync(Sample.Body("""  "retry":{"maxAttempts":4.0,"maxDelayMs":1e1},"timeouts":{"firstEventMs":5000,"totalMs":100}"""))).Spec;

        Assert.Equivalent(new RetrySpec { MaxAttempts = 4, DelayMs = 10, MaxDelayMs = 10 }, spec.Retry, strict: true);
        Assert.Equal(100, spec.Timeouts.TotalMs);
    }

    [Theory]
    [InlineData("""{ "messages" : [ ] }""")]
    [InlineData("""{"a":"\u00e9 é \ud83d\ude00 😀","b":1e400,"c":-0.0,"d":{"stream":false}}""")]
    [InlineData("{\r\n\t\"x\": [1,\n2 ,3]\r\n}")]
    public async Task The_input_is_kept_byte_for_byte(string input)
    {
        var submission = await SubmittedAsync($$"""  {"input":{{input}} ,"model":"openai/gpt-5-mini"}""");

        Assert.Equal(input, Text(submission.Inputs.Default));
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        Assert.Equal(Sample.Input, Text((await SubmittedAsync("\uFEFF" + Sample.Body())).Inputs.Default));
    }

    [Fact]
    public async Task Values_of_extra_headers_are_shown_to_nobody()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SubmitAsync(Bodies.Full);

        Assert.DoesNotContain("secret-value", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-value", host.Runs.Submissions.Single().Spec.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_not_be_resumed_is_accepted_with_a_warning()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SubmitAsync(Sample.Body("""  "fallback":{"models":["@cf/a/b","@cf/c/d"]}"""));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var warning = Assert.Single((await response.ReadJsonAsync()).GetProperty("warnings").EnumerateArray());
        Assert.Equal("not-resumable", warning.GetProperty("code").GetString());
        Assert.Contains("can not be resumed", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_spec_of_a_run_can_be_submitted_again_and_is_the_same_run()
    {
        await using var host = await ApiHost.StartAsync();
        var body = Bodies.Full.Replace("\"x-trace\": \"secret-value\"", "", StringComparison.Ordinal);
        using var first = await host.Http.SubmitAsync(body);
        var spec = (await first.ReadJsonAsync()).GetProperty("spec");

        using var second = await host.Http.SubmitAsync(spec.GetRawText());

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.True(JsonElement.DeepEquals(spec, (await second.ReadJsonAsync()).GetProperty("spec")));
        Assert.Equal(Text(host.Runs.Submissions.First().Inputs.Default), Text(host.Runs.Submissions.Last().Inputs.Default));
    }

    [Fact]
    public async Task A_service_that_stops_says_when_to_come_back()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.OnSubmit = _ => new SubmitOutcome.Stopping();

        using var response = await host.Http.SubmitAsync(Sample.Body());

        await response.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, "stopping");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private static async Task<Submission> SubmittedAsync(string body)
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.SubmitAsync(body);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return host.Runs.Submissions.Single();
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
