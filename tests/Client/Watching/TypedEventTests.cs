using System.Text;

namespace Orchestrator.Client.Tests.Watching;

/// <summary>Every event of the contract becomes its type, whatever a newer service adds to it.</summary>
public sealed class TypedEventTests
{
    [Fact]
    public void Run_created()
    {
        var created = Assert.IsType<RunCreated>(Read("run.created", ""","runId":"run_1","model":"a/b","task":"t","metadata":{"a":1}"""));
        Assert.Equal(("run_1", "a/b", "t", 1), (created.RunId, created.Model, created.Task, created.Metadata?.GetProperty("a").GetInt32()));
    }

    [Fact]
    public void Attempt_started()
    {
        var started = Assert.IsType<AttemptStarted>(Read("attempt.started", ""","attempt":2,"leg":1,"model":"a/b","transport":"run","new":[{}]"""));
        Assert.Equal((2, 1, "a/b", "run"), (started.Attempt, started.Leg, started.Model, started.Transport));
    }

    [Fact]
    public void Attempt_attached()
    {
        var attached = Assert.IsType<AttemptAttached>(
            Read("attempt.attached", ""","attempt":1,"gatewayRunId":"g","gatewayLogId":"l","cacheStatus":"MISS","resumable":true"""));
        Assert.Equal(("g", "l", "MISS", true), (attached.GatewayRunId, attached.GatewayLogId, attached.CacheStatus, attached.Resumable));
        Assert.Null(attached.Model);
        var fallenBack = Assert.IsType<AttemptAttached>(Read("attempt.attached", ""","attempt":1,"resumable":false,"leg":1,"model":"openai/gpt-5-mini" """));
        Assert.Equal((1, "openai/gpt-5-mini"), (fallenBack.Leg, fallenBack.Model));
    }

    [Fact]
    public void Attempt_detached_and_reattached()
    {
        var detached = Assert.IsType<AttemptDetached>(Read("attempt.detached", ""","attempt":1,"offset":12,"reason":"reset" """));
        Assert.Equal((12, "reset"), (detached.Offset, detached.Reason));
        var reattached = Assert.IsType<AttemptReattached>(Read("attempt.reattached", ""","attempt":1,"offset":12,"gapMs":340"""));
        Assert.Equal((12, 340), (reattached.Offset, reattached.GapMs));
    }

    [Fact]
    public void Attempt_failed()
    {
        var failed = Assert.IsType<AttemptFailed>(
            Read("attempt.failed", ""","attempt":1,"error":{"code":"rate-limit","message":"Slow down.","status":429,"recoverable":true}"""));
        Assert.Equal(new RunError { Code = "rate-limit", Message = "Slow down.", Status = 429, Recoverable = true }, failed.Error);
    }

    [Fact]
    public void Deltas()
    {
        Assert.Equal("Grüße 👋", Assert.IsType<OutputDelta>(Read("output.delta", ""","attempt":1,"text":"Gr\u00fc\u00dfe \ud83d\udc4b" """)).Text);
        Assert.Equal("hm", Assert.IsType<ReasoningDelta>(Read("reasoning.delta", ""","attempt":1,"text":"hm" """)).Text);
        var call = Assert.IsType<ToolCallDelta>(Read("tool_call.delta", ""","attempt":1,"index":2,"id":"c","name":"get","arguments":"{\"a\"" """));
        Assert.Equal((2, "c", "get", "{\"a\""), (call.Index, call.Id, call.Name, call.Arguments));
    }

    [Theory]
    [InlineData("\\ud83d", "\\udc4b", "👋")]
    [InlineData("ü\\n\\t\\r\\b\\f\\\"\\\\\\/\\u00fc\\ud83d", "\\udc4bx", "ü\n\t\r\b\f\"\\/ü👋x")]
    public void A_character_cut_in_two_is_whole_again(string first, string second, string whole)
    {
        var pieces = new[] { first, second }.Select(piece => ((OutputDelta)Read("output.delta", $",\"text\":\"{piece}\"")).Text);
        Assert.Equal(whole, string.Concat(pieces));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"text\":null")]
    public void A_delta_without_text_is_empty(string more) => Assert.Equal("", Assert.IsType<OutputDelta>(Read("output.delta", more)).Text);

    [Fact]
    public void Results_and_resets()
    {
        Assert.Equal("image/png", Assert.IsType<OutputResult>(Read("output.result", ""","attempt":1,"contentType":"image/png","size":3""")).ContentType);
        Assert.Equal("restart", Assert.IsType<OutputReset>(Read("output.reset", ""","attempt":1,"reason":"restart" """)).Reason);
    }

    [Fact]
    public void Usage_and_warnings()
    {
        var usage = Assert.IsType<UsageReported>(Read("usage", ""","attempt":1,"usage":{"inputTokens":7,"outputTokens":120,"totalTokens":127}""")).Usage;
        Assert.Equal(new Usage { InputTokens = 7, OutputTokens = 120, TotalTokens = 127 }, usage);
        Assert.Equal("m", Assert.IsType<WarningRaised>(Read("warning", ""","code":"c","message":"m" """)).Message);
    }

    [Fact]
    public void The_three_ends()
    {
        var completed = Assert.IsType<RunCompleted>(Read(
            "run.completed", ""","finishReason":"length","incomplete":true,"incompleteReason":"expired","attempts":[{"attempt":1,"model":"a/b"}]"""));
        Assert.Equal(("length", true, "expired", "a/b"), (completed.FinishReason, completed.Incomplete, completed.IncompleteReason, completed.Attempts[0].Model));
        var failed = Assert.IsType<RunFailed>(Read("run.failed", ""","error":{"code":"billing"}"""));
        Assert.Equal("billing", failed.Error?.Code);
        Assert.Empty(failed.Attempts);
        var cancelled = Assert.IsType<RunCancelled>(Read("run.cancelled"));
        Assert.True(completed.EndsRun && failed.EndsRun && cancelled.EndsRun);
        Assert.False(Read("output.delta").EndsRun);
    }

    [Fact]
    public void A_type_of_a_newer_service_keeps_its_json()
    {
        var unknown = Assert.IsType<UnknownEvent>(Read("attempt.paused", ""","why":{"a":1}"""));
        Assert.Equal((7, "attempt.paused", 1), (unknown.Seq, unknown.Type, unknown.Json.GetProperty("why").GetProperty("a").GetInt32()));
    }

    [Fact]
    public void The_streams_name_counts_where_the_data_has_no_type()
    {
        var wire = WireEvent.Parse("run.cancelled", """{"a":{"seq":9},"seq":7}"""u8);
        Assert.Equal((7, "run.cancelled"), (wire.Seq, wire.Type));
    }

    private static RunEvent Read(string type, string more = "")
    {
        var read = WireEvent.Parse(type, Encoding.UTF8.GetBytes($$"""{"seq":7,"type":"{{type}}"{{more}}}""")).Read();
        Assert.Equal((7, type), (read.Seq, read.Type));
        return read;
    }
}
