namespace Orchestrator.Client;

/// <summary>Where to tell of the run's end.</summary>
public sealed record RunWebhook
{
    public required Uri Url { get; init; }

    /// <summary>Event types to tell of: <c>run.completed</c>, <c>run.failed</c>, ….</summary>
    public IReadOnlyList<string>? Events { get; init; }
}
