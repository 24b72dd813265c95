namespace Orchestrator.Client;

/// <summary>The whole answer of a task that does not stream. <see cref="OrchestratorClient.GetOutputAsync"/> has its bytes.</summary>
public sealed record OutputResult : AttemptEvent
{
    public string? ContentType { get; init; }
}
