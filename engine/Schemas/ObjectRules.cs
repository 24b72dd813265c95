using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>Properties of objects: which there must be, which there may be, and what they hold.</summary>
internal static class ObjectRules
{
    public static string? Check(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth) =>
        Count(schema, value, place)
        ?? Required(schema, value, place)
        ?? Properties(check, schema, value, place, depth)
        ?? Dependents(check, schema, value, place, depth);

    private static string? Count(JsonElement schema, JsonElement value, string place)
    {
        var count = value.GetPropertyCount();
        if (NumberRules.Count(schema, "minProperties") is { } min && count < min)
        {
            return SchemaCheck.At(place, string.Create(CultureInfo.InvariantCulture, $"{min} properties are wanted at least, not {count}"));
        }

        return NumberRules.Count(schema, "maxProperties") is { } max && count > max
            ? SchemaCheck.At(place, string.Create(CultureInfo.InvariantCulture, $"{max} properties are allowed at most, not {count}"))
            : null;
    }

    private static string? Required(JsonElement schema, JsonElement value, string place) =>
        schema.TryGetProperty("required", out var required) && Missing(required, value) is { } missing
            ? SchemaCheck.At(place, $"the property {missing} is missing")
            : null;

    private static string? Missing(JsonElement names, JsonElement value) => names.ValueKind == JsonValueKind.Array
        ? names.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.GetString()!)
            .FirstOrDefault(name => !value.TryGetProperty(name, out _))
        : null;

    private static string? Properties(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth)
    {
        var own = Schemas(schema, "properties");
        var patterns = Schemas(schema, "patternProperties");
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        var names = schema.TryGetProperty("propertyNames", out var rule) ? rule : default;
        foreach (var property in value.EnumerateObject())
        {
            var below = SchemaCheck.Below(place, property.Name);
            var problem = names.ValueKind == JsonValueKind.Undefined ? null : check.Check(names, Name(property), below, depth);
            var isKnown = false;
            if (problem is null && own.ValueKind == JsonValueKind.Object && own.TryGetProperty(property.Name, out var its))
            {
                isKnown = true;
                problem = check.Check(its, property.Value, below, depth);
            }

            if (patterns.ValueKind == JsonValueKind.Object)
            {
                foreach (var pattern in patterns.EnumerateObject().Where(one => TextPatterns.Matches(one.Name, property.Name)))
                {
                    isKnown = true;
                    problem ??= check.Check(pattern.Value, property.Value, below, depth);
                }
            }

            problem ??= isKnown ? null : Additional(check, others, property.Value, below, depth);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? Additional(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth) => schema.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.False => SchemaCheck.At(place, "there may be no such property"),
        _ => check.Check(schema, value, place, depth),
    };

    private static string? Dependents(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth)
    {
        foreach (var (names, wanted) in Given(schema, "dependentRequired", value))
        {
            if (Missing(wanted, value) is { } missing)
            {
                return SchemaCheck.At(place, $"with {names} there must be the property {missing}");
            }
        }

        foreach (var (_, own) in Given(schema, "dependentSchemas", value))
        {
            if (check.Check(own, value, place, depth) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Of a rule by property, those whose property the value has.</summary>
    private static IEnumerable<(string Name, JsonElement Rule)> Given(JsonElement schema, string rule, JsonElement value) =>
        Schemas(schema, rule) is { ValueKind: JsonValueKind.Object } all
            ? all.EnumerateObject().Where(one => value.TryGetProperty(one.Name, out _)).Select(static one => (one.Name, one.Value))
            : [];

    private static JsonElement Schemas(JsonElement schema, string rule) => schema.TryGetProperty(rule, out var schemas) ? schemas : default;

    private static JsonElement Name(JsonProperty property) => JsonSerializer.SerializeToElement(property.Name, SchemaJson.Default.String);
}
