namespace Orchestrator.Engine.Runs;

/// <summary>Who is told how the run ended.</summary>
public sealed record WebhookSpec
{
    public required string Url { get; init; }

    /// <summary>Which terminal events: <c>run.completed</c>, <c>run.failed</c>, <c>run.cancelled</c>. All where empty.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];
}
