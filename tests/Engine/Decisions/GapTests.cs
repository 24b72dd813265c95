using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Decisions;

/// <summary>An event that can not be read may have been a piece of the answer: then the run is no plain success.</summary>
public sealed class GapTests
{
    /// <param name="events">Broken, text, the finish reason, the marker.</param>
    /// <param name="reason">Why the run is incomplete; null: it is not.</param>
    [Theory]
    [InlineData("tfd", null)]
    [InlineData("tbfd", "malformed-event")]
    [InlineData("btfd", "malformed-event")]
    [InlineData("tbd", "malformed-event")]
    [InlineData("tfbd", null)] // It had said all.
    public void It_counts_where_it_stands_before_the_finish_reason(string events, string? reason) =>
        Assert.Equal(reason, ReasonOf(Attempt(RunRecording.Of(new RunSpec { Model = "openai/a" }), events)));

    [Theory]
    [InlineData(Continuation.None, null)]
    [InlineData(Continuation.Prefill, "malformed-event")]
    [InlineData(Continuation.UserTurn, "malformed-event")]
    public void It_counts_where_its_attempt_is_a_part_of_the_answer(Continuation continuation, string? reason)
    {
        var run = Attempt(RunRecording.Of(new RunSpec { Model = "openai/a" }), "tb").Fail(Errors.Broken(null));

        Assert.Equal(reason, ReasonOf(Attempt(run, "tfd", continuation)));
    }

    private static RunRecording Attempt(RunRecording run, string events, Continuation continuation = Continuation.None) =>
        run.Dispatch(continuation: continuation).Attach(WireFormat.OpenAi).Take(events.Select(Event)).Commit();

    private static byte[] Event(char kind) => kind switch
    {
        'b' => Wire.Data("{\"choices\":[{\"de"),
        't' => Wire.OpenAi("a"),
        'f' => Wire.Data("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"),
        _ => Wire.Done,
    };

    private static string? ReasonOf(RunRecording run)
    {
        var end = Assert.IsType<Step.End>(RunDecisions.Decide(run.State, new DecisionInput(run.Now, ConnectionEnd.Told.Instance, false)));
        Assert.Equal(RunStatus.Completed, end.Status);
        return end.IncompleteReason;
    }
}
