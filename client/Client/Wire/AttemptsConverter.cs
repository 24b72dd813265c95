using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>Reads <c>attempts</c>: of a run its tree; of a run in a list their number, which is no tree.</summary>
internal sealed class AttemptsConverter : JsonConverter<IReadOnlyList<RunAttempt>>
{
    public override IReadOnlyList<RunAttempt>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The attempts of a run are neither a list nor a number.");
        }

        var attempts = new List<RunAttempt>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            attempts.Add(JsonSerializer.Deserialize(ref reader, WireJson.Default.RunAttempt) ?? throw new JsonException("An attempt is null."));
        }

        return attempts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<RunAttempt> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var attempt in value)
        {
            JsonSerializer.Serialize(writer, attempt, WireJson.Default.RunAttempt);
        }

        writer.WriteEndArray();
    }
}
