namespace Orchestrator.Client;

/// <summary>An attempt ended without a result. The run goes on if a retry or a fallback is left.</summary>
public sealed record AttemptFailed : AttemptEvent
{
    public RunError? Error { get; init; }
}
