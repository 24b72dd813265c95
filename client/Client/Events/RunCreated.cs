using System.Text.Json;

namespace Orchestrator.Client;

/// <summary>The run was accepted and is in the journal.</summary>
public sealed record RunCreated : RunEvent
{
    public string? RunId { get; init; }

    public string? Model { get; init; }

    public string? Task { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The caller's own, as it was submitted.</summary>
    public JsonElement? Metadata { get; init; }
}
