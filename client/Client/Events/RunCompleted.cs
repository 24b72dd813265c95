namespace Orchestrator.Client;

/// <summary>Terminal: the run has an answer, whole or, where <see cref="Incomplete"/> says so, a partial one that was accepted.</summary>
public sealed record RunCompleted : RunEvent
{
    /// <summary>The provider's reason: <c>stop</c>, <c>length</c>, <c>tool_calls</c>, ….</summary>
    public string? FinishReason { get; init; }

    public Usage? Usage { get; init; }

    public bool Incomplete { get; init; }

    public string? IncompleteReason { get; init; }

    /// <summary>The attempts in the order they were made.</summary>
    public IReadOnlyList<RunAttempt> Attempts { get; init => field = value ?? []; } = [];
}
