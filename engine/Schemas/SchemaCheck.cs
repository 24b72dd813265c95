using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>One check of one value. Bounded: a schema that never ends, or takes for ever, is a value that can not be checked.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private const int MaxDepth = 256;
    private const int MaxSteps = 1_000_000;

    private int _steps;
    private bool _gaveUp;

    public string? Run(JsonElement value)
    {
        var problem = Check(root, value, "", 0);
        return _gaveUp ? "The schema is too deep or too complex to be checked." : problem;
    }

    /// <param name="schema">Of this place.</param>
    /// <param name="value">At this place.</param>
    /// <param name="place">A JSON pointer.</param>
    /// <param name="depth">Schemas within schemas so far.</param>
    /// <returns>What is wrong, or null.</returns>
    internal string? Check(JsonElement schema, JsonElement value, string place, int depth)
    {
        if (_gaveUp || depth > MaxDepth || ++_steps > MaxSteps)
        {
            _gaveUp = true;
            return "";
        }

        return schema.ValueKind switch
        {
            JsonValueKind.False => At(place, "nothing is allowed here"),
            JsonValueKind.Object => Rules(schema, value, place, depth + 1),
            _ => null,
        };
    }

    internal static string At(string place, string problem) => $"At {(place.Length == 0 ? "the root" : place)}: {problem}.";

    /// <summary>One step further down.</summary>
    internal static string Below(string place, string name) =>
        $"{place}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    internal static string Below(string place, int index) => string.Create(CultureInfo.InvariantCulture, $"{place}/{index}");

    private string? Rules(JsonElement schema, JsonElement value, string place, int depth) =>
        Reference(schema, value, place, depth)
        ?? ValueRules.Check(schema, value, place)
        ?? value.ValueKind switch
        {
            JsonValueKind.Number => NumberRules.Check(schema, value, place),
            JsonValueKind.String => TextRules.Check(schema, value, place),
            JsonValueKind.Array => ListRules.Check(this, schema, value, place, depth),
            JsonValueKind.Object => ObjectRules.Check(this, schema, value, place, depth),
            _ => null,
        }
        ?? CombinedRules.Check(this, schema, value, place, depth);

    private string? Reference(JsonElement schema, JsonElement value, string place, int depth)
    {
        if (!schema.TryGetProperty("$ref", out var reference)
            || reference.ValueKind != JsonValueKind.String
            || reference.GetString() is not { } text
            || !SchemaPointer.IsLocal(text))
        {
            return null;
        }

        return SchemaPointer.Find(root, text) is { } found
            ? Check(found, value, place, depth)
            : At(place, $"the schema refers to {text}, where nothing is");
    }
}
