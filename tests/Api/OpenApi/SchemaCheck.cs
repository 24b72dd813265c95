using System.Text.Json;

namespace Orchestrator.Api.Tests.OpenApi;

/// <summary>
/// Holds JSON against a schema of the document, with the few words of JSON Schema that the document uses. Stricter than the
/// standard: a field that the schema does not name is a difference.
/// </summary>
internal sealed class SchemaCheck(JsonElement document)
{
    private readonly List<string> _differences = [];

    public static IReadOnlyList<string> Differences(JsonElement document, string schema, JsonElement value)
    {
        var check = new SchemaCheck(document);
        check.Visit(document.GetProperty("components").GetProperty("schemas").GetProperty(schema), value, schema);
        return check._differences;
    }

    private void Visit(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Visit(document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), value, at);
            return;
        }

        if (schema.TryGetProperty("anyOf", out var alternatives) || schema.TryGetProperty("oneOf", out alternatives))
        {
            var differences = alternatives.EnumerateArray().Select(one => DifferencesTo(one, value, at)).ToList();
            if (differences.TrueForAll(static ofOne => ofOne.Count > 0))
            {
                // What it was most likely meant to be.
                _differences.AddRange(differences.MinBy(static ofOne => ofOne.Count)!);
            }

            return;
        }

        var types = Types(schema);
        Require(types.Length == 0 || types.Any(type => IsOf(type, value)), $"{at} is {value.ValueKind} instead of {string.Join(" or ", types)}");
        if (schema.TryGetProperty("enum", out var choices))
        {
            Require(choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)), $"{at} is {value.GetRawText()}, not of the enum");
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            Require(!schema.TryGetProperty("minimum", out var min) || value.GetDecimal() >= min.GetDecimal(), $"{at} is below its minimum");
            Require(!schema.TryGetProperty("maximum", out var max) || value.GetDecimal() <= max.GetDecimal(), $"{at} is above its maximum");
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            VisitObject(schema, value, at);
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray())
            {
                Visit(items, item, at + "[]");
            }
        }
    }

    private List<string> DifferencesTo(JsonElement schema, JsonElement value, string at)
    {
        var check = new SchemaCheck(document);
        check.Visit(schema, value, at);
        return check._differences;
    }

    private void VisitObject(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(static name => name.GetString()!))
            {
                Require(value.TryGetProperty(name, out _), $"{at}.{name} is missing");
            }
        }

        var hasFields = schema.TryGetProperty("properties", out var fields);
        var hasValues = schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object;
        foreach (var property in value.EnumerateObject())
        {
            var inside = $"{at}.{property.Name}";
            if (hasFields && fields.TryGetProperty(property.Name, out var field))
            {
                Visit(field, property.Value, inside);
            }
            else if (hasValues)
            {
                Visit(values, property.Value, inside);
            }
            else
            {
                Require(!hasFields, $"{inside} is not in the schema");
            }
        }
    }

    private static string[] Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static name => name.GetString()!)]
        : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("null", JsonValueKind.Null) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };

    private void Require(bool holds, string difference)
    {
        if (!holds)
        {
            _differences.Add(difference);
        }
    }
}
