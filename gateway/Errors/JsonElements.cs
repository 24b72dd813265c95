using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>What JsonElement has methods of its own for, except that those throw where half a surrogate pair is escaped.</summary>
internal static class JsonElements
{
    /// <summary>A property by its name as it is written; undefined where there is none, or no object.</summary>
    public static JsonElement Member(this JsonElement parent, ReadOnlySpan<byte> name)
    {
        if (parent.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in parent.EnumerateObject())
            {
                if (JsonMarshal.GetRawUtf8PropertyName(property).SequenceEqual(name))
                {
                    return property.Value;
                }
            }
        }

        return default;
    }

    /// <summary>The text of a string; null for anything else.</summary>
    public static string? Text(this JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonText.Unescape(JsonMarshal.GetRawUtf8Value(value)[1..^1]) : null;
}
