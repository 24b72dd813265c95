using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary><c>type</c>, <c>enum</c> and <c>const</c>: of values of every kind.</summary>
internal static class ValueRules
{
    public static string? Check(JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("type", out var type) && !Fits(type, value))
        {
            return SchemaCheck.At(place, $"{Names(type)} is wanted, not {NameOf(value)}");
        }

        if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array
            && !choices.EnumerateArray().Any(choice => Same(choice, value)))
        {
            return SchemaCheck.At(place, "the value is none of those that enum lists");
        }

        return schema.TryGetProperty("const", out var only) && !Same(only, value) ? SchemaCheck.At(place, "the value is not the one of const") : null;
    }

    /// <summary>Numbers by their value, objects whatever the order of their properties.</summary>
    public static bool Same(JsonElement left, JsonElement right) => JsonElement.DeepEquals(left, right);

    private static bool Fits(JsonElement type, JsonElement value) => type.ValueKind switch
    {
        JsonValueKind.String => Is(type, value),
        JsonValueKind.Array => type.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && Is(one, value)),
        _ => true,
    };

    private static bool Is(JsonElement type, JsonElement value) => type.GetString() switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && NumberRules.IsWhole(value),
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };

    private static string Names(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? string.Join(" or ", type.EnumerateArray().Select(static one => one.ToString()))
        : type.ToString();

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };
}
