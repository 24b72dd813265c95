using System.Buffers;
using System.Text.Json;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Upstream;

/// <summary>The input of an attempt that takes up a partial answer.</summary>
internal static class ContinuationInput
{
    private const string GoOn = "Continue exactly where your last message stops. Do not repeat any of it and add nothing before it.";

    /// <summary>The same for every model of a dispatch; null where one of the inputs can only start over.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? TryBuild(
        IReadOnlyList<ReadOnlyMemory<byte>> inputs, string partial, Continuation continuation)
    {
        var continued = new List<ReadOnlyMemory<byte>>(inputs.Count);
        foreach (var input in inputs)
        {
            if (TryBuild(input, partial, continuation) is not { } one)
            {
                return null;
            }

            continued.Add(one);
        }

        return continued;
    }

    /// <summary>
    /// The input with the partial answer as the assistant's turn at the end of <c>messages</c>, and a user's turn after it where asked
    /// for. White space at its end stays out of a prefill: providers refuse it. Null where it can only start over: the input is no
    /// conversation, it asks for JSON, or there is nothing but white space to go on from.
    /// </summary>
    public static byte[]? TryBuild(ReadOnlyMemory<byte> input, string partial, Continuation continuation)
    {
        using var document = JsonDocument.Parse(input);
        partial = continuation == Continuation.Prefill ? partial.TrimEnd() : partial;
        if (string.IsNullOrWhiteSpace(partial) || AsksForJson(document.RootElement))
        {
            return null;
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("messages", out var messages)
            || messages.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>(input.Length + partial.Length + 256);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals("messages"u8))
                {
                    json.WritePropertyName("messages");
                    WriteMessages(json, messages, partial, continuation);
                }
                else
                {
                    property.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>OpenAI's and Workers AI's way; a schema is known to the run itself.</summary>
    private static bool AsksForJson(JsonElement input) =>
        input.ValueKind == JsonValueKind.Object
        && input.TryGetProperty("response_format", out var format)
        && format.ValueKind == JsonValueKind.Object
        && format.TryGetProperty("type", out var type)
        && !(type.ValueKind == JsonValueKind.String && type.ValueEquals("text"));

    private static void WriteMessages(Utf8JsonWriter json, JsonElement messages, string partial, Continuation continuation)
    {
        json.WriteStartArray();
        foreach (var message in messages.EnumerateArray())
        {
            message.WriteTo(json);
        }

        WriteMessage(json, "assistant", partial);
        if (continuation == Continuation.UserTurn)
        {
            WriteMessage(json, "user", GoOn);
        }

        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, string role, string content)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", content);
        json.WriteEndObject();
    }
}
