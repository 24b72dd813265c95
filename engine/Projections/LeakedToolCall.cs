using System.Text;
using System.Text.Json;

namespace Orchestrator.Engine.Projections;

/// <summary>
/// Models that are made to call a tool sometimes write the call as their text: an object with the <c>name</c> of one of the request's tools
/// and its <c>arguments</c> (or <c>parameters</c>), and nothing else. Such a text is the call; any other stays the text that it is.
/// </summary>
internal static class LeakedToolCall
{
    /// <summary>Whether it is worth the look into the request.</summary>
    public static bool CanBe(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed is ['{', .., '}'];
    }

    /// <param name="text">The whole text of a complete answer.</param>
    /// <param name="input">The request that it answers: a UTF-8 JSON object.</param>
    public static ToolCall? TryRead(string text, ReadOnlyMemory<byte> input)
    {
        if (TryRead(text) is not { } call || ForcedTools.Of(input) is not { } tools)
        {
            return null;
        }

        return tools.Contains(call.Name!) ? call : null;
    }

    private static ToolCall? TryRead(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a surrogate pair in a name.
            return null;
        }
    }

    private static ToolCall? Read(JsonElement root)
    {
        string? name = null;
        string? arguments = null;
        foreach (var property in root.EnumerateObject())
        {
            if (name is null && property.NameEquals("name"u8) && property.Value.ValueKind == JsonValueKind.String)
            {
                name = property.Value.GetString();
            }
            else if (arguments is null
                && (property.NameEquals("arguments"u8) || property.NameEquals("parameters"u8))
                && property.Value.ValueKind == JsonValueKind.Object)
            {
                arguments = property.Value.GetRawText();
            }
            else if (!property.NameEquals("type"u8)
                || property.Value.ValueKind != JsonValueKind.String
                || !property.Value.ValueEquals("function"u8))
            {
                return null;
            }
        }

        return name is null || arguments is null ? null : new ToolCall(0, Id: null, name, arguments);
    }
}
