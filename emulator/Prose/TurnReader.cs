using System.Text;
using System.Text.Json;

namespace Orchestrator.Emulator.Prose;

/// <summary>Reads turns from chat messages, a prompt, OpenAI's <c>input</c> or Google's <c>contents</c>.</summary>
internal static class TurnReader
{
    public static List<Turn> Read(JsonElement inputs)
    {
        List<Turn> turns = [];
        if (inputs.ValueKind != JsonValueKind.Object)
        {
            return [new("user", inputs.ValueKind == JsonValueKind.Undefined ? "" : inputs.GetRawText())];
        }

        if (inputs.TryGetProperty("system", out var system))
        {
            turns.Add(new("system", TextOf(system)));
        }

        foreach (var name in (ReadOnlySpan<string>)["messages", "input", "contents"])
        {
            if (inputs.TryGetProperty(name, out var messages) && messages.ValueKind == JsonValueKind.Array)
            {
                turns.AddRange(messages.EnumerateArray().Select(Message));
                return turns;
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["prompt", "input", "text"])
        {
            if (inputs.TryGetProperty(name, out var prompt) && prompt.ValueKind == JsonValueKind.String)
            {
                turns.Add(new("user", prompt.GetString() ?? ""));
                return turns;
            }
        }

        turns.Add(new("user", inputs.GetRawText()));
        return turns;
    }

    private static Turn Message(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return new("user", TextOf(message));
        }

        var role = message.TryGetProperty("role", out var r) && r.ValueKind == JsonValueKind.String ? r.GetString()! : "user";
        if (!message.TryGetProperty("content", out var content) && !message.TryGetProperty("parts", out content))
        {
            return new(role, message.GetRawText());
        }

        var pictures = content.ValueKind == JsonValueKind.Array ? content.EnumerateArray().Where(Picture.Is).ToArray() : [];
        return new(role, TextOf(content), pictures.Length, Array.Exists(pictures, static one => Picture.NameOf(one) is null));
    }

    private static string TextOf(JsonElement content)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return content.GetString() ?? "";
            case JsonValueKind.Array:
                return content.EnumerateArray().Aggregate(new StringBuilder(), static (all, part) => all.Append(TextOf(part))).ToString();
            case JsonValueKind.Object when content.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String:
                return text.GetString() ?? "";
            case JsonValueKind.Object when Picture.Is(content) && Picture.NameOf(content) is { } name:
                return name;
            default:
                return content.GetRawText();
        }
    }
}
