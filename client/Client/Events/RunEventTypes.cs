namespace Orchestrator.Client;

/// <summary>The names of the events on the wire.</summary>
public static class RunEventTypes
{
    public const string RunCreated = "run.created";
    public const string AttemptStarted = "attempt.started";
    public const string AttemptAttached = "attempt.attached";
    public const string AttemptDetached = "attempt.detached";
    public const string AttemptReattached = "attempt.reattached";
    public const string AttemptFailed = "attempt.failed";
    public const string OutputDelta = "output.delta";
    public const string ReasoningDelta = "reasoning.delta";
    public const string ToolCallDelta = "tool_call.delta";
    public const string OutputResult = "output.result";
    public const string OutputReset = "output.reset";
    public const string Usage = "usage";
    public const string Warning = "warning";
    public const string RunCompleted = "run.completed";
    public const string RunFailed = "run.failed";
    public const string RunCancelled = "run.cancelled";

    /// <summary>Whether an event of this type is the last one of its run.</summary>
    public static bool EndsRun(string type) => type is RunCompleted or RunFailed or RunCancelled;
}
