using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Engine.Runs;

/// <summary>
/// What was asked for, validated, with defaults filled in. Inputs and secrets are kept apart (<see cref="RunInputs"/>,
/// <see cref="Entries.RunSubmitted.Sealed"/>): this is what may be shown.
/// </summary>
public sealed record RunSpec
{
    public required string Model { get; init; }

    public string Task { get; init; } = "text-generation";

    public FallbackSpec? Fallback { get; init; }

    public RetrySpec Retry { get; init; } = new();

    /// <summary>Null: where it can be had.</summary>
    public bool? Resume { get; init; }

    public StreamPolicy OnResumeExpired { get; init; } = StreamPolicy.Error;

    /// <summary>Null: restart while a fallback leg is left, else error.</summary>
    public StreamPolicy? OnStreamFailure { get; init; }

    public string? Transport { get; init; }

    public GatewaySpec Gateway { get; init; } = new();

    public bool Byok { get; init; }

    public string? ByokAlias { get; init; }

    public bool? Zdr { get; init; }

    /// <summary>The names of the extra headers; their values are sealed.</summary>
    public IReadOnlyList<string> ExtraHeaders { get; init; } = [];

    public string? SessionAffinity { get; init; }

    public TimeoutSpec Timeouts { get; init; } = new();

    /// <summary>The caller's own: a JSON object, echoed as it came.</summary>
    public JsonElement? Metadata { get; init; }

    public WebhookSpec? Webhook { get; init; }

    /// <summary>
    /// A model's input asks for an answer that keeps to a schema (<see cref="Schemas.AnswerSchema"/>): it is held to it. Not written where
    /// false, as it was before there was any.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Structured { get; init; }

    /// <summary>What the caller should know about the choice of transport.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>How many results are wanted, each of a dispatch of its own; null is one. Only of images.</summary>
    public int? N { get; init; }

    /// <summary>The results that the run is made of.</summary>
    [JsonIgnore]
    public int Parts => N ?? 1;

    /// <summary>The model and its fallbacks; the index is the leg.</summary>
    [JsonIgnore]
    public int LegCount => 1 + (Fallback is { Mode: FallbackSpec.ClientMode } fallback ? fallback.Models.Count : 0);

    /// <summary>The gateway itself goes on with the fallback models, in one dispatch.</summary>
    [JsonIgnore]
    public bool HasServerFallback => Fallback is { Mode: FallbackSpec.ServerMode, Models.Count: > 0 };

    public string ModelOf(int leg) => leg == 0 ? Model : Fallback!.Models[leg - 1];
}
