using System.Diagnostics;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Telemetry;

/// <summary>A run's spans, from its journal's state.</summary>
public sealed class RunTraceTests : IDisposable
{
    private const string Model = "openai/a";
    private const string Served = "anthropic/b";

    private readonly HeardSpans _heard = new();
    private readonly RunRecording _run = RunRecording.Of(
        new RunSpec { Model = Model, Fallback = new FallbackSpec { Mode = FallbackSpec.ClientMode, Models = [Served] } }, tenant: "t");

    public void Dispose() => _heard.Dispose();

    [Fact]
    public void What_a_run_did_is_a_tree_with_everything_inside_its_parent()
    {
        _run.After(10).Dispatch().After(90).Fail(new RunError { Code = ErrorCodes.ProviderError, Message = "went away", Status = 503, Recoverable = true });
        _run.After(200).Dispatch(1).After(30).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"), Wire.OpenAi("b")).Commit();
        _run.After(5).Detach(DetachReasons.HostLost).After(1_000).Reattach();
        _run.Take(Wire.Data("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2}}""")).After(4).End();
        End();

        Assert.Equal(
            ["run openai/a 0-1399", "queue 0-10", "chat openai/a 10-100", "chat anthropic/b 300-1399", "attach 330-370", "re-attach 1375-1399"],
            [.. _heard.All.Select(static span => $"{span.DisplayName} {Milliseconds(span.StartTimeUtc)}-{Milliseconds(span.StartTimeUtc + span.Duration)}")]);
        var run = _heard.One($"run {Model}");
        Assert.Equal((default, ActivityKind.Internal, ActivityStatusCode.Unset), (run.ParentSpanId, run.Kind, run.Status));
        Assert.Equal(TraceContext.TraceIdOf(_heard.Run, null), run.TraceId);
        Assert.Equal("openai/a text-generation t completed 2 1", Tags(run, "orchestrator.model", "orchestrator.task", "orchestrator.tenant", "orchestrator.run.status", "orchestrator.run.attempts", "orchestrator.run.reattaches"));

        var failed = _heard.One($"chat {Model}");
        Assert.Equal((run.SpanId, ActivityKind.Client, ActivityStatusCode.Error, "went away"), (failed.ParentSpanId, failed.Kind, failed.Status, failed.StatusDescription));
        Assert.Equal("openai openai/a - provider-error 503 1 0 0", Tags(failed, "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.response.model", "error.type", "http.response.status_code", "orchestrator.attempt", "orchestrator.leg", "orchestrator.events"));
        Assert.Empty(failed.Events);

        var served = _heard.One($"chat {Served}");
        Assert.Equal((run.SpanId, ActivityStatusCode.Unset), (served.ParentSpanId, served.Status));
        Assert.Equal("anthropic anthropic/b anthropic/b 7 2 0.05 2 1 3 -", Tags(served, "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.response.model", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.response.time_to_first_chunk", "orchestrator.attempt", "orchestrator.leg", "orchestrator.events", "error.type"));
        Assert.Equal(["stop"], (string[])served.GetTagItem("gen_ai.response.finish_reasons")!);
        var first = Assert.Single(served.Events);
        Assert.Equal(("first output", 350), (first.Name, Milliseconds(first.Timestamp.UtcDateTime)));

        var (lost, found) = (_heard.One("attach"), _heard.One("re-attach"));
        Assert.Equal((served.SpanId, served.SpanId), (lost.ParentSpanId, found.ParentSpanId));
        Assert.Equal((ActivityKind.Client, ActivityKind.Client), (lost.Kind, found.Kind));
        Assert.Equal("0 2 - host-lost host-lost", Tags(lost, "orchestrator.offset", "orchestrator.events", "orchestrator.gap", "orchestrator.detach.reason", "error.type"));
        Assert.Equal((ActivityStatusCode.Error, ActivityStatusCode.Unset), (lost.Status, found.Status));
        Assert.Equal("2 1 1.005 - -", Tags(found, "orchestrator.offset", "orchestrator.events", "orchestrator.gap", "orchestrator.detach.reason", "error.type"));
    }

    [Fact]
    public void What_gateway_and_provider_told_of_an_attempt_is_with_it()
    {
        var run = RunRecording.Of(new RunSpec { Model = Model });
        run.Dispatch().Fail(new RunError { Code = RunErrorCodes.StreamBroken, Message = "broken", Recoverable = true });
        run.After(5).Dispatch(continuation: Continuation.Prefill).Attach(WireFormat.OpenAi, step: 1, gatewayRunId: "gateway-run", model: Served);
        run.Take(Wire.Data("""{"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":10,"prompt_tokens_details":{"cached_tokens":800}}}"""));
        run.End(incompleteReason: "length");
        RunTrace.Start(_heard.Run, run.State)!.End(run.State, null, null);

        Assert.Equal("- length", Tags(_heard.One($"run {Model}"), "orchestrator.tenant", "orchestrator.run.incomplete_reason"));
        var attempts = _heard.All.Where(static span => span.DisplayName == $"chat {Model}").ToList();
        string[] told = ["orchestrator.leg", "orchestrator.continuation", "orchestrator.gateway.run_id", "orchestrator.gateway.log_id", "orchestrator.resumable", "orchestrator.transport"];
        Assert.Equal("0 - - - False run", Tags(attempts[0], told));
        Assert.Equal("1 Prefill gateway-run log-2 True run", Tags(attempts[1], told));
        Assert.Equal("1000 10 800 - anthropic anthropic/b", Tags(attempts[1], "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_creation.input_tokens", "gen_ai.provider.name", "gen_ai.response.model"));
    }

    /// <summary>What is logged then is the run's, and after it nobody's; the request's it is not in either case.</summary>
    [Fact]
    public void A_runs_span_is_in_the_place_of_the_request_that_submitted_it()
    {
        using var request = new Activity("request").Start();
        var trace = RunTrace.Start(_heard.Run, _run.Dispatch().State)!;
        Assert.Equal((_heard.Run.ToString(), default), (Activity.Current!.GetTagItem("orchestrator.run.id"), Activity.Current.ParentSpanId));
        trace.End(_run.End().State, null, null);
        Assert.Null(Activity.Current);
    }

    [Theory]
    [InlineData("vendor=1")]
    [InlineData(null)]
    public void A_run_that_repeats_another_leads_to_that_ones_trace(string? state)
    {
        var context = TraceContext.Read("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", state);
        Repeat(new RunOrigin("run_origin", context));

        var run = _heard.One($"run {Model}");
        Assert.Equal("run_origin", run.GetTagItem("orchestrator.run.rerun_of"));
        var link = Assert.Single(run.Links);
        Assert.Equal(
            ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", state),
            (link.Context.TraceId.ToHexString(), link.Context.SpanId.ToHexString(), link.Context.TraceState));
        Assert.Equal([new("orchestrator.run.id", "run_origin")], link.Tags!);
        Assert.NotEqual(link.Context.TraceId, run.TraceId);
        Assert.All(_heard.All.Where(span => span != run), static span => Assert.Empty(span.Links));
    }

    /// <summary>One that was submitted while nobody traced has no span to lead to.</summary>
    [Fact]
    public void A_run_that_repeats_one_without_a_trace_names_it()
    {
        Repeat(new RunOrigin("run_origin"));
        Assert.Equal("run_origin", _heard.One($"run {Model}").GetTagItem("orchestrator.run.rerun_of"));
        Assert.Empty(_heard.One($"run {Model}").Links);
    }

    [Fact]
    public void What_was_asked_is_with_each_attempt_and_is_what_its_model_was_asked()
    {
        var inputs = new RunInputs("""{"temperature":0.5,"max_tokens":100,"stop":"END"}"""u8.ToArray(), new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
        {
            [Served] = """{"temperature":1,"max_tokens":200}"""u8.ToArray(),
        });
        _run.Dispatch().Fail(new RunError { Code = ErrorCodes.ProviderError, Message = "went away", Recoverable = true });
        _run.After(10).Dispatch(1).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).End();
        RunTrace.Start(_heard.Run, _run.State)!.End(_run.State, inputs, null);

        string[] asked = ["gen_ai.request.temperature", "gen_ai.request.max_tokens", "gen_ai.request.stop_sequences"];
        Assert.Equal("0.5 100 -", Tags(_heard.One($"chat {Model}"), asked));
        Assert.Equal("1 200 -", Tags(_heard.One($"chat {Served}"), asked));
        Assert.All(_heard.All, static span => Assert.Null(span.GetTagItem("gen_ai.input.messages")));
    }

    /// <summary>Each of several results is asked for with a seed of its own.</summary>
    [Fact]
    public void Each_part_tells_the_seed_that_it_was_asked_with()
    {
        var run = RunRecording.Of(new RunSpec { Model = Model, Task = "text-to-image", N = 2 });
        run.Dispatch().After(10).Result("image/png", [1]).Dispatch(part: 1).After(10).Result("image/png", [2]).End();
        RunTrace.Start(_heard.Run, run.State)!.End(run.State, new RunInputs("""{"prompt":"a","seed":7}"""u8.ToArray(), RunInputs.None), null);

        Assert.Equal(
            [7L, 8L],
            _heard.All.Where(static span => span.DisplayName == $"text-to-image {Model}").Select(static span => span.GetTagItem("gen_ai.request.seed")));
    }

    [Fact]
    public void A_run_whose_turn_never_came_has_been_in_the_queue_all_along()
    {
        _run.Queue(new TurnWait("requests", "2 requests in 60 s are taken.", null, 0)).After(5_000).End(RunStatus.Cancelled);
        End();

        Assert.Equal([$"run {Model}", "queue"], [.. _heard.All.Select(static span => span.DisplayName)]);
        Assert.Equal(TimeSpan.FromSeconds(5), _heard.One("queue").Duration);
        Assert.Equal("cancelled", _heard.One($"run {Model}").GetTagItem("orchestrator.run.status"));
        Assert.Equal(ActivityStatusCode.Unset, _heard.One($"run {Model}").Status);
    }

    [Fact]
    public void A_run_fails_with_its_last_attempt()
    {
        _run.Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).End(RunStatus.Failed, new RunError { Code = RunErrorCodes.TotalTimeout, Message = "too long" });
        End();

        Assert.All([$"run {Model}", $"chat {Model}"], name => Assert.Equal(
            (RunErrorCodes.TotalTimeout, ActivityStatusCode.Error, "too long"),
            (_heard.One(name).GetTagItem("error.type"), _heard.One(name).Status, _heard.One(name).StatusDescription)));
        Assert.Equal("0 1", Tags(_heard.One("attach"), "orchestrator.offset", "orchestrator.events"));
    }

    [Fact]
    public void Commits_are_told_where_they_moved_the_run_on_or_were_slow_and_not_without_end()
    {
        var trace = RunTrace.Start(_heard.Run, _run.Dispatch().State)!;
        var from = DateTimeOffset.FromUnixTimeMilliseconds(_run.Now);
        trace.Committed(from, TimeSpan.FromMilliseconds(99), 1, moved: false);
        trace.Committed(from.AddSeconds(1), TimeSpan.FromMilliseconds(100), 2, moved: false);
        for (var i = 0; i < 100; i++)
        {
            trace.Committed(from.AddSeconds(2), TimeSpan.FromMilliseconds(1), 3, moved: true);
        }

        trace.End(_run.End().State, null, null);

        var commits = _heard.All.Where(static span => span.DisplayName == "commit").ToList();
        Assert.Equal(64, commits.Count);
        Assert.Equal((2, 1_000, TimeSpan.FromMilliseconds(100)), (commits[0].GetTagItem("orchestrator.entries"), Milliseconds(commits[0].StartTimeUtc), commits[0].Duration));
        Assert.All(commits.Skip(1), static commit => Assert.Equal(3, commit.GetTagItem("orchestrator.entries")));
    }

    [Fact]
    public void Who_lets_go_of_a_run_tells_nothing_of_it()
    {
        RunTrace.Start(_heard.Run, _run.Dispatch().State)!.Abandon();
        Assert.Empty(_heard.All);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void A_run_counts_the_re_attaches_of_all_its_attempts()
    {
        _run.Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit().Detach(DetachReasons.Idle).Reattach();
        _run.Fail(new RunError { Code = ErrorCodes.ProviderError, Message = "went away", Recoverable = true });
        _run.Dispatch(1).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("b")).Commit().Detach(DetachReasons.Idle).Reattach().Detach(DetachReasons.Idle).Reattach().End();
        End();
        Assert.Equal("2 3", Tags(_heard.One($"run {Model}"), "orchestrator.run.attempts", "orchestrator.run.reattaches"));
    }

    /// <summary>A gateway that names the model and then says nothing has answered all the same; which leg that was, too.</summary>
    [Fact]
    public void Who_was_named_and_said_nothing_is_the_model_of_the_response()
    {
        _run.Dispatch().Attach(WireFormat.OpenAi, step: 1, model: Served).Commit().Fail(new RunError { Code = RunErrorCodes.FirstEventTimeout, Message = "silent", Recoverable = true });
        _run.End(RunStatus.Failed, new RunError { Code = RunErrorCodes.FirstEventTimeout, Message = "silent" });
        End();
        Assert.Equal($"{Served} 1 -", Tags(_heard.One($"chat {Model}"), "gen_ai.response.model", "orchestrator.leg", "gen_ai.response.time_to_first_chunk"));
    }

    [Fact]
    public void Tokens_that_went_into_a_cache_are_told()
    {
        _run.Dispatch().Attach(WireFormat.Anthropic).Take(Wire.Data(
            """{"type":"message_start","message":{"role":"assistant","content":[],"usage":{"input_tokens":10,"cache_creation_input_tokens":200,"cache_read_input_tokens":1000,"output_tokens":1}}}""")).End();
        End();
        Assert.Equal("1210 1000 200", Tags(
            _heard.One($"chat {Model}"), "gen_ai.usage.input_tokens", "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_creation.input_tokens"));
    }

    /// <summary>A result that is there has not failed because the next one did.</summary>
    [Fact]
    public void An_error_is_that_of_the_attempt_that_had_it()
    {
        var run = RunRecording.Of(new RunSpec { Model = Model, Task = "text-to-image", N = 2 });
        run.Dispatch().After(10).Result("image/png", [1]).Dispatch(part: 1).After(10).End(RunStatus.Failed, new RunError { Code = RunErrorCodes.TotalTimeout, Message = "too long" });
        RunTrace.Start(_heard.Run, run.State)!.End(run.State, null, null);

        var attempts = _heard.All.Where(static span => span.DisplayName == $"text-to-image {Model}").ToList();
        Assert.Equal([null, RunErrorCodes.TotalTimeout], attempts.Select(static span => (string?)span.GetTagItem("error.type")), StringComparer.Ordinal);
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], attempts.Select(static span => span.Status));
    }

    /// <summary>The prompt is what that model was sent, which can be another one's.</summary>
    [Fact]
    public void A_prompt_that_is_shown_is_the_one_that_was_answered()
    {
        var inputs = new RunInputs("""{"prompt":"for the first"}"""u8.ToArray(), new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
        {
            [Served] = """{"prompt":"for the other","stop":"END"}"""u8.ToArray(),
        });
        _run.Dispatch().Attach(WireFormat.OpenAi, step: 1, model: Served);
        _run.Take(Wire.Data("""{"choices":[{"index":0,"delta":{"content":"hello"},"finish_reason":"length"}]}""")).End();
        RunTrace.Start(_heard.Run, _run.State)!.End(_run.State, inputs, new Orchestrator.Engine.Projections.Answer { Text = "hello" });

        var attempt = _heard.One($"chat {Model}");
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"for the other"}]}]""", attempt.GetTagItem("gen_ai.input.messages"));
        Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"hello"}],"finish_reason":"length"}]""", attempt.GetTagItem("gen_ai.output.messages"));
        Assert.Equal(["END"], (string[])attempt.GetTagItem("gen_ai.request.stop_sequences")!);
    }

    [Fact]
    public void Prompt_and_answer_are_with_the_attempt_that_answered_and_only_where_they_are_given()
    {
        _run.Dispatch().Fail(new RunError { Code = ErrorCodes.ProviderError, Message = "went away", Recoverable = true });
        _run.After(10).Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("hello")).End();
        var answer = new Orchestrator.Engine.Projections.Answer { Text = "hello" };
        RunTrace.Start(_heard.Run, _run.State)!.End(_run.State, new RunInputs(System.Text.Encoding.UTF8.GetBytes(RunRecording.Input), RunInputs.None), answer);

        var attempts = _heard.All.Where(static span => span.DisplayName.StartsWith("chat", StringComparison.Ordinal)).ToList();
        Assert.Equal("- -", Tags(attempts[0], "gen_ai.input.messages", "gen_ai.output.messages"));
        Assert.Contains("Say hello.", (string)attempts[1].GetTagItem("gen_ai.input.messages")!, StringComparison.Ordinal);
        Assert.Contains("hello", (string)attempts[1].GetTagItem("gen_ai.output.messages")!, StringComparison.Ordinal);
    }

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds() - RunRecording.Start;

    private static string Tags(Activity span, params string[] names) =>
        string.Join(' ', names.Select(name => FormattableString.Invariant($"{span.GetTagItem(name) ?? "-"}")));

    private void Repeat(RunOrigin origin)
    {
        var run = RunRecording.Of(new RunSpec { Model = Model }, origin: origin).Dispatch().End();
        RunTrace.Start(_heard.Run, run.State)!.End(run.State, null, null);
    }

    private void End() => RunTrace.Start(_heard.Run, _run.State)!.End(_run.State, null, null);
}
