using System.Buffers;
using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Projections;

namespace Orchestrator.Engine.Telemetry;

/// <summary>Prompts and answers as the conventions want them in attributes: messages of parts. For hosts that may show them.</summary>
internal static class GenAiMessages
{
    /// <summary>What no backend takes in one attribute is cut; the journal has all of it.</summary>
    private const int MaxChars = 64 * 1024;

    /// <summary>Null where the input is no list of messages and no prompt.</summary>
    public static string? OfInput(ReadOnlyMemory<byte> input)
    {
        using var document = JsonDocument.Parse(input);
        return Write(json =>
        {
            if (document.RootElement.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array)
            {
                foreach (var message in messages.EnumerateArray().Where(static one => one.ValueKind == JsonValueKind.Object))
                {
                    var role = message.TryGetProperty("role", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "user";
                    WriteMessage(json, role, message);
                }
            }
            else if (document.RootElement.TryGetProperty("prompt", out var prompt) && prompt.ValueKind == JsonValueKind.String)
            {
                json.WriteStartObject();
                json.WriteString("role", "user");
                json.WriteStartArray("parts");
                WritePart(json, "text", Cut(prompt.GetString()!));
                json.WriteEndArray();
                json.WriteEndObject();
            }
        });
    }

    public static string? OfAnswer(Answer answer, string? finishReason) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        json.WriteStartArray("parts");
        if (answer.Reasoning is { } reasoning)
        {
            WritePart(json, "reasoning", Cut(reasoning));
        }

        if (answer.Text.Length > 0)
        {
            WritePart(json, "text", Cut(answer.Text));
        }

        foreach (var call in answer.ToolCalls)
        {
            WriteCall(json, call.Id, call.Name, call.Arguments);
        }

        json.WriteEndArray();
        json.WriteString("finish_reason", finishReason ?? "error");
        json.WriteEndObject();
    });

    private static string TextOf(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Null)
        {
            return "";
        }

        if (content.ValueKind != JsonValueKind.Array)
        {
            return content.ValueKind == JsonValueKind.String ? content.GetString()! : content.GetRawText();
        }

        // Pictures and sounds are named, not shown: they would be most of the trace.
        return string.Join('\n', content.EnumerateArray().Select(static part =>
            part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
                ? text.GetString()
                : "[part that is no text]"));
    }

    /// <summary>The calls of an assistant, and what a tool answered, are parts of their own kinds.</summary>
    private static void WriteMessage(Utf8JsonWriter json, string role, JsonElement message)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteStartArray("parts");
        var text = Cut(TextOf(message));
        if (role == "tool")
        {
            json.WriteStartObject();
            json.WriteString("type", "tool_call_response");
            json.WriteString("id", StringOf(message, "tool_call_id"));
            json.WriteString("response", text);
            json.WriteEndObject();
        }
        else if (text.Length > 0)
        {
            WritePart(json, "text", text);
        }

        if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (var call in calls.EnumerateArray().Where(static one => one.ValueKind == JsonValueKind.Object))
            {
                var function = call.TryGetProperty("function", out var given) && given.ValueKind == JsonValueKind.Object ? given : call;
                WriteCall(json, StringOf(call, "id"), StringOf(function, "name"), StringOf(function, "arguments"));
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, string? id, string? name, string? arguments)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_call");
        json.WriteString("id", id);
        json.WriteString("name", name);
        json.WriteString("arguments", Cut(arguments ?? ""));
        json.WriteEndObject();
    }

    private static string? StringOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void WritePart(Utf8JsonWriter json, string type, string content)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("content", content);
        json.WriteEndObject();
    }

    private static string Cut(string text) => text.Length <= MaxChars ? text : $"{text[..MaxChars]}… [{text.Length - MaxChars} more]";

    private static string? Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            write(json);
            json.WriteEndArray();
        }

        return buffer.WrittenCount <= 2 ? null : Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
