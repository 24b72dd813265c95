namespace Orchestrator.Client;

/// <summary>What was shown of the answer so far, from an attempt now abandoned, no longer counts.</summary>
public sealed record OutputReset : AttemptEvent
{
    /// <summary>What takes its place: <c>restart</c>, the same model again, or <c>fallback</c>, the next one.</summary>
    public string? Reason { get; init; }
}
