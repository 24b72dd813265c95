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

    /// <summary>The number of the last client event. Null in a row that an older version wrote, like all that follow.</summary>
    public long? Seq { get; init; }

    /// <summary>Of the first attempt that answered anything.</summary>
    public long? FirstEventAt { get; init; }

    /// <summary>Complete upstream events of all attempts.</summary>
    public long? Events { get; init; }

    /// <summary>How many there were.</summary>
    public int? Attempts { get; init; }

    /// <summary>How often a lost connection was taken up again.</summary>
    public int? Reattaches { get; init; }

    /// <summary>How often the run went on to a later leg, by itself or at the gateway.</summary>
    public int? Fallbacks { get; init; }

    /// <summary>The leg that serves the run: 0 for the model that was asked for.</summary>
    public int? Leg { get; init; }

    /// <summary>Null where nothing is known of it.</summary>
    public RunCost? Cost { get; init; }

    /// <summary>Of the run's distributed trace: 32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>The host that wrote this, since which of its starts. Null in a row that an older version wrote.</summary>
    public long? Host { get; init; }

    /// <summary>Not in the directory: added by the host that works on the run.</summary>
    public RunPhase? Phase { get; init; }
}
