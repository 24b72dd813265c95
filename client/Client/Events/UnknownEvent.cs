using System.Text.Json;

namespace Orchestrator.Client;

/// <summary>An event of a type this client does not know: a newer service sent it. It counts for the order like any other.</summary>
public sealed record UnknownEvent : RunEvent
{
    /// <summary>The whole event as it came.</summary>
    public JsonElement Json { get; init; }
}
