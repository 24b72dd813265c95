using System.Text.Json;

namespace Orchestrator.Engine.Projections;

/// <summary>The tools of a request that leaves the model no choice but to call one, in the ways of each wire.</summary>
internal static class ForcedTools
{
    /// <summary>Their names; null where the request has no tools, or where the model may answer without one.</summary>
    public static IReadOnlySet<string>? Of(ReadOnlyMemory<byte> input)
    {
        try
        {
            using var document = JsonDocument.Parse(input);
            return IsForced(document.RootElement) ? NamesOf(Member(document.RootElement, "tools")) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a surrogate pair in a name.
            return null;
        }
    }

    private static bool IsForced(JsonElement input)
    {
        var choice = Member(input, "tool_choice");
        var google = Either(Either(input, "toolConfig", "tool_config"), "functionCallingConfig", "function_calling_config");
        return choice.ValueKind == JsonValueKind.String
            ? Is(choice, "required") || Is(choice, "any")
            : Is(Member(choice, "type"), "any")
                || Is(Member(choice, "type"), "tool")
                || Is(Member(choice, "type"), "function")
                || Is(Member(Member(choice, "allowed_tools"), "mode"), "required")
                || (Is(Member(choice, "type"), "allowed_tools") && Is(Member(choice, "mode"), "required"))
                || Is(Member(google, "mode"), "ANY");
    }

    private static HashSet<string> NamesOf(JsonElement tools)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in Elements(tools))
        {
            Add(names, tool);
            Add(names, Member(tool, "function"));
            foreach (var declaration in Elements(Either(tool, "functionDeclarations", "function_declarations")))
            {
                Add(names, declaration);
            }
        }

        return names;
    }

    private static void Add(HashSet<string> names, JsonElement tool)
    {
        var name = Member(tool, "name");
        if (name.ValueKind == JsonValueKind.String)
        {
            names.Add(name.GetString()!);
        }
    }

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static JsonElement Either(JsonElement parent, string name, string other) =>
        Member(parent, name) is { ValueKind: not JsonValueKind.Undefined } found ? found : Member(parent, other);

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;

    private static JsonElement.ArrayEnumerator Elements(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
}
