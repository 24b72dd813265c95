using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Api.Json;

/// <summary>Metadata: an object of texts, numbers and booleans, within bounds.</summary>
internal static class ScalarMap
{
    public const int MaxNameChars = 128;
    public const int MaxTextChars = 1024;
    private const int MaxNumberChars = 64;

    /// <summary>The entries, in their order. They live as long as the document they come from: clone what is kept.</summary>
    public static IReadOnlyDictionary<string, JsonElement>? Read(JsonFields fields, string name, int maxCount, ProblemList problems)
    {
        if (!fields.TryGet(name, out var value))
        {
            return null;
        }

        var entries = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var pointer = fields.PointerTo(name);
        foreach (var property in fields.Entries(name))
        {
            if (Problem(property.Name, property.Value) is { } problem)
            {
                problems.Add(JsonPointer.Append(pointer, property.Name), problem);
            }

            entries[property.Name] = property.Value;
        }

        if (entries.Count > maxCount)
        {
            problems.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"At most {maxCount} entries, these are {entries.Count}."));
        }

        return value.ValueKind == JsonValueKind.Object ? entries : null;
    }

    private static string? Problem(string name, JsonElement value)
    {
        if (name.Length is 0 or > MaxNameChars || name.Any(char.IsControl))
        {
            return $"A name has 1 to {MaxNameChars} characters and no control characters.";
        }

        return value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => null,
            JsonValueKind.String => value.GetString()!.Length <= MaxTextChars ? null : $"A text has at most {MaxTextChars} characters.",
            JsonValueKind.Number => value.GetRawText().Length <= MaxNumberChars ? null : $"A number has at most {MaxNumberChars} characters.",
            _ => $"Give a text, a number, true or false, not {JsonKinds.Name(value)}.",
        };
    }
}
