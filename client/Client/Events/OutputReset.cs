namespace Orchestrator.Client;

/// <summary>What was shown of the answer so far, from an attempt now abandoned, no longer counts.</summary>
public sealed record OutputReset : AttemptEvent
{
    public string? Reason { get; init; }
}
