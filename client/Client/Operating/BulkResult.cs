using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>What a call for many runs did to one of them.</summary>
public sealed record BulkResult
{
    public required string Id { get; init; }

    public BulkOutcome Outcome { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Error { get; init; }

    /// <summary>All that the service sent of it.</summary>
    [JsonIgnore]
    public JsonElement Json { get; internal init; }

    /// <summary>Whether the run is now as it was asked for. A run that had ended already needed no cancelling.</summary>
    [JsonIgnore]
    public bool IsDone => Outcome is BulkOutcome.Cancelled or BulkOutcome.Deleted or BulkOutcome.AlreadyEnded;
}
