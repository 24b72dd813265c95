using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>The next piece of the answer's text. Pieces may break a character in two: it is whole again when they are concatenated.</summary>
public sealed record OutputDelta : AttemptEvent
{
    [JsonConverter(typeof(PieceConverter))]
    public string Text { get; init => field = value ?? ""; } = "";
}
