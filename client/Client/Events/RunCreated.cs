namespace Orchestrator.Client;

/// <summary>The run was accepted and is in the journal.</summary>
public sealed record RunCreated : RunEvent
{
    public string? Id { get; init; }

    public string? Model { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}
