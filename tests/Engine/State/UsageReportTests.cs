using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.State;

/// <summary>The run's usage is that of the attempts whose text is in the answer.</summary>
public sealed class UsageReportTests
{
    private readonly RunRecording _run = RunRecording.Of(new RunSpec { Model = "openai/a" });

    [Fact]
    public void Nothing_reported_is_unknown_and_not_zero() => Assert.Null(RunReports.Usage(Attempt(Continuation.None, null).State));

    [Fact]
    public void What_was_thrown_away_does_not_count()
    {
        Attempt(Continuation.None, 5);
        Assert.Equal(Counts(7, 2), RunReports.Usage(Attempt(Continuation.None, 2).State));
    }

    [Fact]
    public void What_is_continued_counts_with_all_that_continue_it()
    {
        Attempt(Continuation.None, 100);
        Attempt(Continuation.None, 5);
        Attempt(Continuation.Prefill, null);
        Assert.Equal(Counts(14, 7), RunReports.Usage(Attempt(Continuation.UserTurn, 2).State));
    }

    private static TokenCounts Counts(long input, long output) => new() { InputTokens = input, OutputTokens = output, TotalTokens = input + output };

    private RunRecording Attempt(Continuation continuation, int? output)
    {
        _run.Dispatch(continuation: continuation).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"));
        if (output is not null)
        {
            _run.Take(Wire.Data($$$"""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":{{{output}}}}}"""));
        }

        return _run.Commit().Fail(Errors.Broken(null));
    }
}
