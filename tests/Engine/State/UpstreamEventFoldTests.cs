using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.State;

/// <summary>What an attempt's events say about it: counters, finish reason, end marker, usage, errors.</summary>
public sealed class UpstreamEventFoldTests
{
    private readonly RunRecording _run = RunRecording.Of(new RunSpec { Model = "openai/a" }).Dispatch().Attach(WireFormat.OpenAi).Commit();

    private AttemptState Attempt => _run.State.Current!;

    [Fact]
    public void Events_are_counted_and_timed()
    {
        _run.Take(Wire.OpenAi("a"), Wire.OpenAi("b")).Commit().Take(Wire.OpenAi("c")).Commit();
        Assert.Equal((3L, RunRecording.Start + 20, RunRecording.Start + 60), (Attempt.Events, Attempt.FirstEventAt, Attempt.LastEventAt));
        Assert.True(Attempt.HasOutput);
        Assert.False(Attempt.Terminal);
        Assert.Null(Attempt.FinishReason);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(2, 6)]
    [InlineData(3, 9)]
    [InlineData(4, 10)]
    [InlineData(5, 11)]
    [InlineData(9, 11)] // Past the end: where the next one will be.
    public void An_events_entry_is_known_whatever_lies_between_the_events(long index, long entry)
    {
        _run.Take(Wire.OpenAi("a"), Wire.OpenAi("b"), Wire.OpenAi("c")).Commit().Detach("idle").Reattach().Take(Wire.OpenAi("d"), Wire.OpenAi("e")).Commit();
        Assert.Equal(entry, Attempt.EntryOfEvent(index));
    }

    [Fact]
    public void While_it_is_detached_the_next_event_is_expected_behind_the_last_entry()
    {
        _run.Take(Wire.OpenAi("a")).Commit().Detach("idle");
        Assert.Equal((4, 6), (Attempt.EntryOfEvent(0), Attempt.EntryOfEvent(1)));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""", "stop", false)]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}""", "length", false)]
    [InlineData("[DONE]", null, true)]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"x"}}]}""", null, false)]
    public void The_finish_reason_and_the_end_marker_are_kept_apart(string data, string? finish, bool terminal)
    {
        _run.Take(Wire.Data(data)).Commit();
        Assert.Equal((finish, terminal), (Attempt.FinishReason, Attempt.Terminal));
        _run.Take(Wire.OpenAi("more")).Commit();
        Assert.Equal((finish, terminal), (Attempt.FinishReason, Attempt.Terminal));
    }

    [Fact]
    public void Later_reports_of_usage_replace_earlier_ones_number_by_number()
    {
        _run.Take(Usage("""{"prompt_tokens":7}""")).Commit();
        Assert.Equal(new TokenCounts { InputTokens = 7, TotalTokens = 7 }, Attempt.Usage);
        _run.Take(Usage("""{"completion_tokens":3}"""), Usage("""{"completion_tokens":5}""")).Commit();
        Assert.Equal(new TokenCounts { InputTokens = 7, OutputTokens = 5, TotalTokens = 12 }, Attempt.Usage);
        _run.Take(Usage("""{"prompt_tokens":8,"completion_tokens":5,"total_tokens":20}""")).Commit();
        Assert.Equal(new TokenCounts { InputTokens = 8, OutputTokens = 5, TotalTokens = 20 }, Attempt.Usage);
    }

    [Fact]
    public void Tool_calls_are_remembered_since_nothing_can_continue_them()
    {
        _run.Take(Wire.OpenAi("a")).Commit();
        Assert.False(Attempt.HasToolCalls);
        _run.Take(ChatScript.ToolCall(0, "call", "tool", ["{}"])).Commit();
        Assert.True(Attempt.HasToolCalls);
    }

    /// <summary>An error at once is a failure before the first event: the retries rule, not the stream's policy.</summary>
    [Fact]
    public void An_error_that_comes_first_is_no_output_but_an_event()
    {
        _run.Take(ChatScript.Error(WireFormat.OpenAi, "rate_limit_exceeded", "slow down")).Commit();
        Assert.Equal((1L, false), (Attempt.Events, Attempt.HasOutput));
        Assert.Null(Attempt.FirstEventAt);
        Assert.Equal((ErrorCodes.RateLimit, 429, true), (Attempt.StreamError!.Code, Attempt.StreamError.Status, Attempt.StreamError.Recoverable));
    }

    [Fact]
    public void A_malformed_event_counts_and_is_warned_of()
    {
        _run.Take(ChatScript.Malformed()).Commit();
        Assert.Equal((1L, true), (Attempt.Events, Attempt.HasOutput));
        Assert.Null(Attempt.StreamError);
        Assert.True(_run.State.WarnsOfMalformedEvents);
    }

    private static byte[] Usage(string usage) => Wire.Data($$"""{"choices":[],"usage":{{usage}}}""");
}
