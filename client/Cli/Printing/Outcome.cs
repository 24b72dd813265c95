using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>How a finished run counts: the exit code, and the word for it where it is not a plain success.</summary>
internal sealed record Outcome(int ExitCode, string? Trouble)
{
    public static Outcome Of(Run run) => run switch
    {
        { Status: RunStatus.Completed, Incomplete: true } => Partial(run.IncompleteReason),
        { Status: RunStatus.Completed } => Whole,
        { Status: RunStatus.Failed } => Broken(run.Error),
        { Status: RunStatus.Cancelled } => Stopped,
        _ => new Outcome(Cli.ExitCode.Incomplete, "not finished"),
    };

    /// <summary>Null for an event that is not the run's last.</summary>
    public static Outcome? Of(RunEvent last) => last switch
    {
        RunCompleted { Incomplete: true } completed => Partial(completed.IncompleteReason),
        RunCompleted => Whole,
        RunFailed failed => Broken(failed.Error),
        RunCancelled => Stopped,
        _ => null,
    };

    private static Outcome Whole { get; } = new(Cli.ExitCode.Completed, null);

    private static Outcome Stopped { get; } = new(Cli.ExitCode.Cancelled, "cancelled");

    private static Outcome Partial(string? reason) => new(Cli.ExitCode.Incomplete, $"incomplete: {reason ?? "a partial answer was accepted"}");

    private static Outcome Broken(RunError? error) => new(Cli.ExitCode.Failed, $"failed: {Quantity.Of(error)}");
}
