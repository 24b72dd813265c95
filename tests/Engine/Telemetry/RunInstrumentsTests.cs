using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Telemetry;

/// <summary>What is counted while a run goes on, fold by fold.</summary>
public sealed class RunInstrumentsTests
{
    private const string Usage = """{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}""";

    [Fact]
    public void A_run_is_counted_once_however_often_it_is_folded()
    {
        const string model = "openai/counted-once";
        using var heard = new HeardMeasures(model);
        var run = RunRecording.Of(new RunSpec { Model = model });
        run.Dispatch();
        var mark = RunInstruments.Hosted(run.State, isNew: true);
        run.After(100).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"), Wire.OpenAi("b")).Commit();
        mark = RunInstruments.Folded(mark, run.State);
        mark = RunInstruments.Folded(mark, run.State);
        run.Detach(DetachReasons.Idle);
        mark = RunInstruments.Folded(mark, run.State);
        run.After(250).Reattach();
        mark = RunInstruments.Folded(mark, run.State);
        run.Take(Wire.Data(Usage)).End();
        mark = RunInstruments.Folded(mark, run.State);
        RunInstruments.Folded(mark, run.State);

        Assert.Equal(["1"], heard.Of("orchestrator.runs.submitted"));
        Assert.Equal(["1 orchestrator.leg=0"], heard.Of("orchestrator.attempts"));
        Assert.Equal(["2", "1"], heard.Of("orchestrator.upstream.events"));
        Assert.Equal(["0.12"], heard.Of("orchestrator.run.time_to_first_event"));
        Assert.Equal(["1 orchestrator.detach.reason=idle"], heard.Of("orchestrator.detaches"));
        Assert.Equal(["0.25"], heard.Of("orchestrator.reattach.gap"));
        Assert.Equal(["1 orchestrator.run.status=completed"], heard.Of("orchestrator.runs.ended"));
        Assert.Empty(heard.Of("orchestrator.attempts.failed"));
        Assert.Empty(heard.Of("orchestrator.fallbacks"));
    }

    [Fact]
    public void What_is_tried_again_is_no_fallback_and_what_falls_back_is_counted_for_its_new_model()
    {
        const string model = "openai/falls-back";
        using var heard = new HeardMeasures(model);
        using var other = new HeardMeasures("anthropic/falls-back");
        var spec = new RunSpec { Model = model, Fallback = new FallbackSpec { Mode = FallbackSpec.ClientMode, Models = ["anthropic/falls-back"] } };
        var run = RunRecording.Of(spec).Commit();
        var mark = RunInstruments.Hosted(run.State, isNew: true);
        foreach (var leg in (int[])[0, 0, 1])
        {
            mark = RunInstruments.Folded(mark, run.Dispatch(leg).State);
            run.Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit();
            mark = RunInstruments.Folded(mark, run.State);
            mark = RunInstruments.Folded(mark, run.Fail(Errors.Broken(null)).State);
        }

        RunInstruments.Folded(mark, run.End(RunStatus.Failed, Errors.Broken(null)).State);

        Assert.Equal(["1 orchestrator.leg=0", "1 orchestrator.leg=0"], heard.Of("orchestrator.attempts"));
        Assert.Equal(
            ["1 orchestrator.leg=0 error.type=stream-broken", "1 orchestrator.leg=0 error.type=stream-broken"], heard.Of("orchestrator.attempts.failed"));
        Assert.Empty(heard.Of("orchestrator.fallbacks"));
        Assert.Equal(["1 orchestrator.leg=1"], other.Of("orchestrator.fallbacks"));
        Assert.Equal(["1 orchestrator.leg=1 error.type=stream-broken"], other.Of("orchestrator.attempts.failed"));
        Assert.Equal(["1 orchestrator.run.status=failed error.type=stream-broken"], heard.Of("orchestrator.runs.ended"));

        // Events are those of the model that they came from.
        Assert.Equal(["1", "1"], heard.Of("orchestrator.upstream.events"));
        Assert.Equal(["1"], other.Of("orchestrator.upstream.events"));

        // The first output of a run comes once.
        Assert.Single(heard.Of("orchestrator.run.time_to_first_event"));
        Assert.Empty(other.Of("orchestrator.run.time_to_first_event"));
    }

    [Fact]
    public void Events_that_come_with_a_new_attempt_are_all_new()
    {
        const string model = "openai/all-at-once";
        using var heard = new HeardMeasures(model);
        var run = RunRecording.Of(new RunSpec { Model = model }).Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"), Wire.OpenAi("b")).Commit();
        var mark = RunInstruments.Folded(RunMark.Of(RunRecording.Of(new RunSpec { Model = model }).Commit().State), run.State);
        RunInstruments.Folded(mark, run.Fail(Errors.Broken(null)).Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("c"), Wire.OpenAi("d"), Wire.OpenAi("e")).Commit().State);

        Assert.Equal(["2", "3"], heard.Of("orchestrator.upstream.events"));
    }

    [Fact]
    public void A_run_that_is_taken_up_was_submitted_and_sent_elsewhere()
    {
        const string model = "openai/taken-up";
        using var heard = new HeardMeasures(model);
        var run = RunRecording.Of(new RunSpec { Model = model });
        run.Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit();
        var mark = RunInstruments.Hosted(run.State, isNew: false);
        RunInstruments.Folded(mark, run.Take(Wire.OpenAi("b")).Commit().State);

        Assert.Empty(heard.Of("orchestrator.runs.submitted"));
        Assert.Empty(heard.Of("orchestrator.attempts"));
        Assert.Empty(heard.Of("orchestrator.run.time_to_first_event"));
        Assert.Equal(["1"], heard.Of("orchestrator.upstream.events"));
    }

    [Fact]
    public void An_attempt_is_measured_by_who_answered_it_and_a_refusal_has_no_response_model()
    {
        const string model = "openai/measured";
        using var heard = new HeardMeasures(model);
        var run = RunRecording.Of(new RunSpec { Model = model });
        run.Dispatch().After(500).Fail(new RunError { Code = ErrorCodes.RateLimit, Message = "slow down", Status = 429, Recoverable = true });
        run.After(1_000).Dispatch().After(30).Attach(WireFormat.OpenAi, model: "anthropic/served").Take(Wire.OpenAi("a"), Wire.Data(Usage)).End();
        RunSpans.Measure(run.State);

        const string refused = "gen_ai.operation.name=chat gen_ai.provider.name=openai";
        const string served = "gen_ai.operation.name=chat gen_ai.provider.name=anthropic gen_ai.response.model=anthropic/served";
        Assert.Equal([$"0.5 {refused} error.type=rate-limit", $"0.07 {served}"], heard.Of("gen_ai.client.operation.duration"));
        Assert.Equal([$"0.05 {served}"], heard.Of("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Equal([$"7 {served} gen_ai.token.type=input", $"2 {served} gen_ai.token.type=output"], heard.Of("gen_ai.client.token.usage"));
        Assert.Equal(["1.57 orchestrator.run.status=completed"], heard.Of("orchestrator.run.duration"));
    }

    /// <summary>What callers wait for begins when they submit, and not when the upstream is asked.</summary>
    [Fact]
    public void A_run_is_measured_from_its_submission_and_an_attempt_from_its_dispatch()
    {
        const string model = "openai/measured-from";
        using var heard = new HeardMeasures(model);
        var run = RunRecording.Of(new RunSpec { Model = model }).Commit();
        var mark = RunInstruments.Hosted(run.State, isNew: true);
        mark = RunInstruments.Folded(mark, run.After(1_000).Dispatch().State);
        mark = RunInstruments.Folded(mark, run.After(230).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit().State);
        RunInstruments.Folded(mark, run.After(750).End().State);
        RunSpans.Measure(run.State);

        Assert.Equal(["1.25"], heard.Of("orchestrator.run.time_to_first_event"));
        Assert.Equal(["2 orchestrator.run.status=completed"], heard.Of("orchestrator.run.duration"));
        Assert.Equal(["0.25", "1"], [.. Numbers("gen_ai.client.operation.time_to_first_chunk"), .. Numbers("gen_ai.client.operation.duration")]);

        IEnumerable<string> Numbers(string metric) => heard.Of(metric).Select(static said => said.Split(' ')[0]);
    }

    /// <summary>As its span says: nobody told the attempt itself that it had failed.</summary>
    [Fact]
    public void An_attempt_that_the_end_of_its_run_cut_short_is_measured_with_that_error()
    {
        const string model = "openai/cut-short";
        using var heard = new HeardMeasures(model);
        var run = RunRecording.Of(new RunSpec { Model = model }).Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"));
        RunSpans.Measure(run.End(RunStatus.Failed, new RunError { Code = RunErrorCodes.TotalTimeout, Message = "too long" }).State);

        Assert.EndsWith(" error.type=total-timeout", Assert.Single(heard.Of("gen_ai.client.operation.duration")), StringComparison.Ordinal);
    }
}
