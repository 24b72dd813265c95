using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Journal;

/// <summary>A run's row in the directory: what lists and searches see. A projection of the journal, written with its commits.</summary>
public sealed record RunSummary
{
    public required RunId Id { get; init; }

    /// <summary>Empty where the service runs without keys.</summary>
    public required string Tenant { get; init; }

    public required RunStatus Status { get; init; }

    public required string Model { get; init; }

    public required string Task { get; init; }

    /// <summary>The caller's own, for search: scalar values as plain text.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The caller's own, for echoing: the JSON object as it was submitted.</summary>
    public string MetadataJson { get; init; } = "{}";

    /// <summary>Times are Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? EndedAt { get; init; }

    public bool Incomplete { get; init; }

    public string? IncompleteReason { get; init; }

    public string? FinishReason { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? TotalTokens { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }
}
