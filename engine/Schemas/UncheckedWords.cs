using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>Finds the words of a schema that <see cref="JsonSchema"/> passes over although they restrict what is valid.</summary>
internal static class UncheckedWords
{
    private static readonly string[] Words = ["unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef"];

    public static IReadOnlyList<string> In(JsonElement schema)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Look(schema, found);
        return [.. found];
    }

    private static void Look(JsonElement part, SortedSet<string> found)
    {
        switch (part.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in part.EnumerateObject())
                {
                    if (Words.Contains(property.Name, StringComparer.Ordinal) || IsRemote(property) || IsForeignPattern(property))
                    {
                        found.Add(property.Name);
                    }

                    // What these hold are values and names, not schemas.
                    if (property.Name is not ("enum" or "const" or "default" or "examples" or "required"))
                    {
                        Look(property.Value, found);
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in part.EnumerateArray())
                {
                    Look(item, found);
                }

                break;
        }
    }

    private static bool IsForeignPattern(JsonProperty property) =>
        property.NameEquals("pattern"u8) && property.Value.ValueKind == JsonValueKind.String && !TextPatterns.CanRead(property.Value.GetString()!);

    private static bool IsRemote(JsonProperty property) =>
        property.NameEquals("$ref"u8) && property.Value.ValueKind == JsonValueKind.String && !SchemaPointer.IsLocal(property.Value.GetString()!);
}
