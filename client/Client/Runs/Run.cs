using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>A run as of <see cref="Seq"/>: take what is here and watch from there to miss nothing.</summary>
public sealed record Run
{
    public required string Id { get; init; }

    public RunStatus Status { get; init; }

    /// <summary>The last event that this snapshot includes.</summary>
    public long Seq { get; init; }

    /// <summary>Gateway events taken by the serving attempt.</summary>
    public long EventOffset { get; init; }

    public string? Model { get; init; }

    public string? Task { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    public IReadOnlyList<RunWarning> Warnings { get; init => field = value ?? []; } = [];

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>A completed run whose partial answer was accepted.</summary>
    public bool Incomplete { get; init; }

    public string? IncompleteReason { get; init; }

    public RunOutput? Output { get; init; }

    public string? FinishReason { get; init; }

    public Usage? Usage { get; init; }

    /// <summary>The distributed trace that its spans belong to: the caller's, where the submission came with one. 32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>The attempts in the order they were made. A run of a list has none of them here, but <see cref="AttemptCount"/>.</summary>
    [JsonConverter(typeof(AttemptsConverter))]
    public IReadOnlyList<RunAttempt> Attempts { get; init => field = value ?? []; } = [];

    /// <summary>Why it failed; null unless it did.</summary>
    public RunError? Error { get; init; }

    /// <summary>As submitted, secrets left out.</summary>
    public JsonElement? Spec { get; init; }

    /// <summary>The whole run as the service sent it, fields that this client does not know included. A run of a list is a summary:
    /// fields that are not in it have their defaults here.</summary>
    [JsonIgnore]
    public JsonElement Json { get; internal init; }

    /// <summary>How many attempts were made; known of a run of a list, too. Null where an older service ended it.</summary>
    [JsonIgnore]
    public int? AttemptCount => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("attempts", out var attempts)
        ? attempts.ValueKind switch
        {
            JsonValueKind.Array => Attempts.Count,
            JsonValueKind.Number => attempts.GetInt32(),
            _ => null,
        }
        : Attempts.Count;

    /// <summary>Whether the run has reached its terminal event.</summary>
    [JsonIgnore]
    public bool IsFinished => Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled;
}
