using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>References within one schema: <c>#</c> and <c>#/…</c>, a JSON pointer (RFC 6901) as a URI's fragment.</summary>
internal static class SchemaPointer
{
    public static bool IsLocal(string reference) => reference == "#" || reference.StartsWith("#/", StringComparison.Ordinal);

    /// <summary>Null: there is nothing at the place.</summary>
    public static JsonElement? Find(JsonElement root, string reference)
    {
        var at = root;
        foreach (var escaped in reference.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(escaped).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            switch (at.ValueKind)
            {
                case JsonValueKind.Object when at.TryGetProperty(name, out var member):
                    at = member;
                    break;
                case JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength():
                    at = at[index];
                    break;
                default:
                    return null;
            }
        }

        return at;
    }
}
