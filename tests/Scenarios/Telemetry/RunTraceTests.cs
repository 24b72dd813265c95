using System.Text.Json;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>What the real process sends to a collector over OTLP, read off the wire.</summary>
public sealed class RunTraceTests
{
    private const string Secret = "sk-live-fedcba9876543210SECRET";
    private const string Prompt = "a prompt that nobody else may read";
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string ParentId = "00f067aa0ba902b7";

    [Fact]
    public async Task A_run_is_one_trace_through_a_kill_with_every_span_closed_and_the_parents_right()
    {
        await using var traced = await TracedService.StartAsync();
        var collector = traced.Collector;

        // The first connection is cut off, the second stands still at the 200th event, so that the kill is sure to come before the end.
        var id = await SubmitAsync(traced.Http, "openai/gpt-5-mini~events=300~rate=100~drop=9000~stall=200x2", traced.Limit);
        await UntilReattachedAsync(traced.Http, id, traced.Limit);
        await collector.UntilAsync("the request's span", static one => one.Spans.Any(static span => span.ParentId == ParentId));
        await traced.KillAndStartAsync();
        await traced.ReadToEndAsync(id);
        await collector.UntilAsync("the run's span", static one => one.Spans.Any(static span => span.Name.StartsWith("run ", StringComparison.Ordinal)));
        await traced.StopAsync();

        var spans = collector.Spans.Where(static span => span.TraceId == TraceId).ToList();
        Assert.All(spans, static span => Assert.True(span.End >= span.Start && span.Start > 0, span.ToString()));
        var request = Assert.Single(spans, static span => span.ParentId == ParentId);
        Assert.Equal(("POST /v1/runs", "/v1/runs", "202", 2UL), (request.Name, request.Attributes["http.route"], request.Attributes["http.response.status_code"], request.Kind));
        var run = Assert.Single(spans, span => span.Attributes.GetValueOrDefault("orchestrator.run.id") == id);
        Assert.Equal(request.SpanId, run.ParentId);
        Assert.Equal("completed", run.Attributes["orchestrator.run.status"]);
        Assert.Equal("2", run.Attributes["orchestrator.run.reattaches"]);

        Assert.Equal(run.SpanId, Assert.Single(spans, static span => span.Name == "queue").ParentId);
        var attempt = Assert.Single(spans, static span => span.Attributes.ContainsKey("gen_ai.operation.name"));
        Assert.Equal(run.SpanId, attempt.ParentId);
        Assert.Equal("chat openai/gpt-5-mini~events=300~rate=100~drop=9000~stall=200x2", attempt.Name);
        Assert.Equal("openai", attempt.Attributes["gen_ai.provider.name"]);
        Assert.True(double.Parse(attempt.Attributes["gen_ai.response.time_to_first_chunk"], System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal("stop", attempt.Attributes["gen_ai.response.finish_reasons"]);
        Assert.True(long.Parse(attempt.Attributes["gen_ai.usage.output_tokens"], null) > 0);

        var connections = spans.Where(span => span.ParentId == attempt.SpanId).OrderBy(static span => span.Start).ToList();
        Assert.Equal("attach,re-attach,re-attach", string.Join(',', connections.Select(static span => span.Name)));
        Assert.Equal("connection-broken,host-lost,", string.Join(',', connections.Select(static span => span.Attributes.GetValueOrDefault("orchestrator.detach.reason"))));
        Assert.Equal(
            long.Parse(attempt.Attributes["orchestrator.events"], null),
            connections.Sum(static span => long.Parse(span.Attributes["orchestrator.events"], null)));
        Assert.All(connections, span => Assert.True(span.Start >= attempt.Start && span.End <= attempt.End));

        var commits = spans.Where(static span => span.Name == "commit").ToList();
        Assert.NotEmpty(commits);
        Assert.All(commits, span => Assert.Equal(run.SpanId, span.ParentId));

        Assert.Equal(TraceId, (await traced.RunAsync(id)).GetProperty("traceId").GetString());
        Assert.DoesNotContain(Secret, collector.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Prompt, collector.Everything, StringComparison.Ordinal);
        Assert.Contains(collector.Lines, line => line.TraceId == TraceId && line.Text.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_count_what_happened_and_their_exemplars_lead_to_its_spans()
    {
        await using var traced = await TracedService.StartAsync();
        var collector = traced.Collector;
        const string failing = "openai/gpt-5-mini~status=400";
        const string serving = "anthropic/claude-haiku-4.5~events=60~rate=0~drop=3000";
        var body = $$"""
            {"model":"{{failing}}","input":{"messages":[{"role":"user","content":"hello"}],"max_tokens":100},"fallback":{"mode":"client","models":["{{serving}}"]} }
            """;
        var id = await ServiceClient.SubmitAsync(traced.Http, body, "metrics", traced.Limit);
        await traced.ReadToEndAsync(id);
        await collector.UntilAsync("the run's duration", static one => one.Points.Any(static point => point.Metric == "orchestrator.run.duration"));
        await traced.StopAsync();

        double Last(string metric, params (string Name, string Value)[] attributes) => collector.Points
            .Last(point => point.Metric == metric && attributes.All(one => point.Attributes.GetValueOrDefault(one.Name) == one.Value)).Value;
        Assert.Equal(1, Last("orchestrator.runs.submitted", ("orchestrator.model", failing)));
        Assert.Equal(1, Last("orchestrator.runs.ended", ("orchestrator.run.status", "completed")));
        Assert.Equal(1, Last("orchestrator.attempts", ("orchestrator.model", failing)));
        Assert.Equal(1, Last("orchestrator.attempts.failed", ("error.type", "bad-request")));
        Assert.Equal(1, Last("orchestrator.fallbacks", ("orchestrator.model", serving)));
        Assert.Equal(1, Last("orchestrator.detaches", ("orchestrator.detach.reason", "connection-broken")));
        Assert.Equal(1, Last("orchestrator.reattach.gap", ("orchestrator.model", serving)));
        Assert.Equal(1, Last("orchestrator.run.time_to_first_event"));
        Assert.Equal(0, Last("orchestrator.runs.active", ("orchestrator.run.phase", "streaming")));
        Assert.DoesNotContain(collector.Points, static point => point.Attributes.GetValueOrDefault("orchestrator.run.phase") == "ended");
        Assert.True(Last("orchestrator.journal.commit.duration") > 0);
        var run = await traced.RunAsync(id);
        var events = run.GetProperty("attempts")[1].GetProperty("events").GetInt64();
        Assert.Equal(events, Last("orchestrator.upstream.events", ("orchestrator.model", serving)));

        var spans = collector.Spans.ToDictionary(static span => span.SpanId, StringComparer.Ordinal);
        var duration = collector.Points.Last(point =>
            point.Metric == "gen_ai.client.operation.duration" && point.Attributes.GetValueOrDefault("gen_ai.response.model") == serving);
        Assert.Equal("s", duration.Unit);
        var exemplar = Assert.Single(duration.Exemplars);
        Assert.Equal($"chat {serving}", spans[exemplar.SpanId].Name);
        var whole = Assert.Single(collector.Points.Last(static point => point.Metric == "orchestrator.run.duration").Exemplars);
        Assert.Equal($"run {failing}", spans[whole.SpanId].Name);
        var first = Assert.Single(collector.Points.First(static point => point.Metric == "orchestrator.run.time_to_first_event").Exemplars);
        Assert.Equal($"run {failing}", spans[first.SpanId].Name);
        Assert.Equal(exemplar.TraceId, spans[exemplar.SpanId].TraceId);
        Assert.Contains(collector.Points, static point =>
            point.Metric == "gen_ai.client.token.usage" && point.Attributes["gen_ai.token.type"] == "output" && point.Exemplars.Count > 0);
    }

    [Fact]
    public async Task Prompts_and_answers_are_shown_where_that_is_switched_on()
    {
        await using var traced = await TracedService.StartAsync("--OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
        var collector = traced.Collector;
        var id = await SubmitAsync(traced.Http, "openai/gpt-5-mini~events=20~rate=0", traced.Limit);
        await traced.ReadToEndAsync(id);
        await collector.UntilAsync("the attempt's span", static one => one.Spans.Any(static span => span.Attributes.ContainsKey("gen_ai.output.messages")));

        var attempt = collector.Spans.Single(static span => span.Attributes.ContainsKey("gen_ai.output.messages"));
        var input = JsonDocument.Parse(attempt.Attributes["gen_ai.input.messages"]).RootElement[0];
        Assert.Equal("user", input.GetProperty("role").GetString());
        Assert.Equal(Prompt, input.GetProperty("parts")[0].GetProperty("content").GetString());
        var answer = JsonDocument.Parse(attempt.Attributes["gen_ai.output.messages"]).RootElement[0].GetProperty("parts")[0];
        var run = await ServiceClient.GetJsonAsync(traced.Http, $"v1/runs/{id}");
        Assert.Equal(run.GetProperty("output").GetProperty("text").GetString(), answer.GetProperty("content").GetString());
        Assert.DoesNotContain(Secret, collector.Everything, StringComparison.Ordinal);
    }

    /// <summary>Killed while it is under way: what it repeats is in its journal.</summary>
    [Fact]
    public async Task A_run_that_is_submitted_once_more_has_a_trace_of_its_own_that_leads_to_the_first_ones()
    {
        await using var traced = await TracedService.StartAsync();
        var collector = traced.Collector;
        var origin = await SubmitAsync(traced.Http, "openai/gpt-5-mini~events=20~rate=0", traced.Limit);
        await traced.ReadToEndAsync(origin);
        using var response = await traced.Http.PostAsync(
            $"v1/runs/{origin}/rerun", ServiceClient.Json("""{"model":"openai/gpt-5-mini~events=300~rate=100~drop=9000~stall=200x2"}"""), traced.Limit);
        var again = JsonDocument.Parse(await response.Content.ReadAsStringAsync(traced.Limit)).RootElement.GetProperty("id").GetString()!;
        await UntilReattachedAsync(traced.Http, again, traced.Limit);
        await collector.UntilAsync("the request's span", static one => one.Spans.Any(static span => span.Name == "POST /v1/runs/{id:run}/rerun"));
        await traced.KillAndStartAsync();
        await traced.ReadToEndAsync(again);
        await collector.UntilAsync("the runs' spans", static one => one.Spans.Count(static span => span.Name.StartsWith("run ", StringComparison.Ordinal)) == 2);

        ReceivedSpan Of(string id) => Assert.Single(collector.Spans, span => span.Attributes.GetValueOrDefault("orchestrator.run.id") == id);
        var (first, second) = (Of(origin), Of(again));
        var request = Assert.Single(collector.Spans, static span => span.Name == "POST /v1/runs/{id:run}/rerun");
        Assert.Equal((request.TraceId, request.SpanId), (second.TraceId, second.ParentId));
        Assert.Equal(TraceId, first.TraceId);
        Assert.NotEqual(TraceId, second.TraceId, StringComparer.Ordinal);
        var link = Assert.Single(second.Links);
        Assert.Equal((first.TraceId, first.ParentId, origin), (link.TraceId, link.SpanId, link.Attributes["orchestrator.run.id"]));
        Assert.Equal(origin, second.Attributes["orchestrator.run.rerun_of"]);
        Assert.False(first.Attributes.ContainsKey("orchestrator.run.rerun_of"));
        Assert.Empty(first.Links);
    }

    /// <summary>As numbers, and without a word of what was said: also where a process has died that knew them.</summary>
    [Fact]
    public async Task What_a_request_asks_of_its_model_is_with_the_attempt()
    {
        await using var traced = await TracedService.StartAsync();
        var collector = traced.Collector;
        const string model = "openai/gpt-5-mini~events=300~rate=100~drop=9000~stall=200x2";
        var id = await ServiceClient.SubmitAsync(
            traced.Http,
            $$"""
            {"model":"{{model}}","input":{"messages":[{"role":"user","content":"{{Prompt}}"}],"temperature":0.25,"top_p":1,"max_tokens":400,
             "seed":7,"frequency_penalty":-0.5,"presence_penalty":0.5,"stop":["{{Secret}}"]},"timeouts":{"idleMs":300000} }
            """,
            "asked",
            traced.Limit);
        await UntilReattachedAsync(traced.Http, id, traced.Limit);
        await traced.KillAndStartAsync();
        await traced.ReadToEndAsync(id);
        await collector.UntilAsync("the attempt's span", static one => one.Spans.Any(static span => span.Name == $"chat {model}"));

        var attempt = Assert.Single(collector.Spans, static span => span.Name == $"chat {model}");
        Assert.Equal(
            "frequency_penalty=-0.5 max_tokens=400 presence_penalty=0.5 seed=7 temperature=0.25 top_p=1",
            string.Join(' ', attempt.Attributes.Where(static one => one.Key.StartsWith("gen_ai.request.", StringComparison.Ordinal) && one.Key != "gen_ai.request.model")
                .Select(static one => $"{one.Key["gen_ai.request.".Length..]}={one.Value}").Order(StringComparer.Ordinal)));
        Assert.DoesNotContain(Secret, collector.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Prompt, collector.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_that_its_caller_does_not_sample_is_not_sent()
    {
        await using var traced = await TracedService.StartAsync();
        var collector = traced.Collector;
        var unsampled = await SubmitAsync(traced.Http, "openai/gpt-5-mini~events=20~rate=0", traced.Limit, flags: "00");
        await traced.ReadToEndAsync(unsampled);
        var sampled = await ServiceClient.SubmitAsync(traced.Http, """{"model":"openai/gpt-5-mini~events=5~rate=0","input":{"messages":[]}}""", "own", traced.Limit);
        await traced.ReadToEndAsync(sampled);
        await collector.UntilAsync("the other run's span", one => one.Spans.Any(span => span.Attributes.GetValueOrDefault("orchestrator.run.id") == sampled));

        Assert.DoesNotContain(collector.Spans, static span => span.TraceId == TraceId);
        Assert.Equal(TraceId, (await ServiceClient.GetJsonAsync(traced.Http, $"v1/runs/{unsampled}")).GetProperty("traceId").GetString());
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin", "give otlp or none")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "not a url", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task A_setting_that_can_not_be_followed_is_told_at_the_start(string name, string value, string told)
    {
        using var directory = new TemporaryDirectory();
        await using var service = ServiceProcess.LaunchService(directory.FullPath, null, ServiceProcess.AnyPort, $"--{name}", value);
        Assert.Equal(2, await service.ExitCodeAsync());
        Assert.Contains(told, service.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> SubmitAsync(HttpClient http, string model, CancellationToken cancellationToken, string flags = "01")
    {
        var body = $$"""
            {"model":"{{model}}","input":{"messages":[{"role":"user","content":"{{Prompt}}"}]},"extraHeaders":{"x-provider-key":"{{Secret}}"},"timeouts":{"idleMs":300000} }
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/runs") { Content = ServiceClient.Json(body) };
        request.Headers.Add("traceparent", $"00-{TraceId}-{ParentId}-{flags}");
        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    private static async Task UntilReattachedAsync(HttpClient http, string id, CancellationToken cancellationToken)
    {
        while (!(await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}")).GetProperty("attempts").EnumerateArray()
            .Any(static attempt => attempt.GetProperty("reattaches").GetInt32() == 1 && attempt.GetProperty("events").GetInt64() >= 100))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }
}
