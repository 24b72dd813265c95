using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// What AI Search is asked: <c>{query, …}</c> as it is, or a conversation, whose <c>messages</c> become one query of
/// <c>role: text</c> paragraphs. The answer comes whole, so that it has its sources with it.
/// </summary>
internal static class AiSearchQuery
{
    /// <returns>What is wrong, or null.</returns>
    public static string? TryCreate(ReadOnlyMemory<byte> inputs, out ReadOnlyMemory<byte> body)
    {
        body = default;
        try
        {
            using var document = JsonDocument.Parse(inputs, new JsonDocumentOptions { MaxDepth = JsonValues.Options.MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "The inputs are not a JSON object.";
            }

            var query = QueryOf(document.RootElement);
            if (query is null)
            {
                return "AI Search takes a query, or messages with text in them.";
            }

            body = Write(document.RootElement, query);
            return null;
        }
        catch (JsonException exception)
        {
            return $"The inputs are not a JSON object: {exception.Message}";
        }
    }

    private static string? QueryOf(JsonElement inputs)
    {
        if (inputs.TryGetProperty("query"u8, out var query))
        {
            return query.ValueKind == JsonValueKind.String && query.GetString() is { Length: > 0 } text ? text : null;
        }

        if (!inputs.TryGetProperty("messages"u8, out var messages) || messages.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var turns = messages.EnumerateArray()
            .Select(static message => (Role: Member(message, "role"), Text: TextOf(Member(message, "content"))))
            .Where(static turn => turn.Text.Length > 0)
            .Select(static turn => $"{(turn.Role.ValueKind == JsonValueKind.String ? turn.Role.GetString() : "user")}: {turn.Text}");
        return string.Join("\n\n", turns) is { Length: > 0 } all ? all : null;
    }

    private static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => content.EnumerateArray().Aggregate(new StringBuilder(), static (all, part) => all.Append(TextOf(Member(part, "text")))).ToString(),
        _ => "",
    };

    private static byte[] Write(JsonElement inputs, string query)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("query"u8, query);
            json.WriteBoolean("stream"u8, value: false);
            foreach (var input in inputs.EnumerateObject().Where(static one => one.Name is not ("query" or "messages" or "stream")))
            {
                input.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;
}
