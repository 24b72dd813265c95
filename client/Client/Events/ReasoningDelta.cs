using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>The next piece of the model's reasoning, where it shows any.</summary>
public sealed record ReasoningDelta : AttemptEvent
{
    [JsonConverter(typeof(PieceConverter))]
    public string Text { get; init => field = value ?? ""; } = "";
}
