using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>Items of lists, how many there are and whether they differ.</summary>
internal static class ListRules
{
    public static string? Check(SchemaCheck check, JsonElement schema, JsonElement list, string place, int depth)
    {
        var length = list.GetArrayLength();
        if (NumberRules.Count(schema, "minItems") is { } min && length < min)
        {
            return SchemaCheck.At(place, string.Create(CultureInfo.InvariantCulture, $"{min} items are wanted at least, not {length}"));
        }

        if (NumberRules.Count(schema, "maxItems") is { } max && length > max)
        {
            return SchemaCheck.At(place, string.Create(CultureInfo.InvariantCulture, $"{max} items are allowed at most, not {length}"));
        }

        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True && HasTwins(list))
        {
            return SchemaCheck.At(place, "two items are the same");
        }

        return Items(check, schema, list, place, depth) ?? Contains(check, schema, list, place, depth);
    }

    private static string? Items(SchemaCheck check, JsonElement schema, JsonElement list, string place, int depth)
    {
        var first = schema.TryGetProperty("prefixItems", out var prefix) && prefix.ValueKind == JsonValueKind.Array ? prefix.GetArrayLength() : 0;
        var rest = schema.TryGetProperty("items", out var items) ? items : default;
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var own = index < first ? prefix[index] : rest;
            if (own.ValueKind != JsonValueKind.Undefined && check.Check(own, item, SchemaCheck.Below(place, index), depth) is { } problem)
            {
                return problem;
            }

            index++;
        }

        return null;
    }

    private static string? Contains(SchemaCheck check, JsonElement schema, JsonElement list, string place, int depth)
    {
        if (!schema.TryGetProperty("contains", out var wanted))
        {
            return null;
        }

        var found = list.EnumerateArray().Count(item => check.Check(wanted, item, place, depth) is null);
        return found < (NumberRules.Count(schema, "minContains") ?? 1) || found > (NumberRules.Count(schema, "maxContains") ?? long.MaxValue)
            ? SchemaCheck.At(place, "too few or too many items are as contains wants them")
            : null;
    }

    private static bool HasTwins(JsonElement list)
    {
        var seen = new List<JsonElement>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (seen.Exists(other => ValueRules.Same(other, item)))
            {
                return true;
            }

            seen.Add(item);
        }

        return false;
    }
}
