namespace Orchestrator.Client;

/// <summary>Terminal: the run has no accepted answer.</summary>
public sealed record RunFailed : RunEvent
{
    public RunError? Error { get; init; }

    /// <summary>The attempts in the order they were made, each with its own error.</summary>
    public IReadOnlyList<RunAttempt> Attempts { get; init => field = value ?? []; } = [];
}
