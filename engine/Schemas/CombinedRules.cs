using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>Schemas made of schemas.</summary>
internal static class CombinedRules
{
    public static string? Check(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth) =>
        AllOf(check, schema, value, place, depth)
        ?? AnyOf(check, schema, value, place, depth)
        ?? OneOf(check, schema, value, place, depth)
        ?? Not(check, schema, value, place, depth)
        ?? If(check, schema, value, place, depth);

    private static string? AllOf(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth) =>
        Parts(schema, "allOf").Select(part => check.Check(part, value, place, depth)).FirstOrDefault(static problem => problem is not null);

    private static string? AnyOf(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth)
    {
        string? first = null;
        var any = false;
        foreach (var part in Parts(schema, "anyOf"))
        {
            any = true;
            if (check.Check(part, value, place, depth) is not { } problem)
            {
                return null;
            }

            first ??= problem;
        }

        return any ? SchemaCheck.At(place, $"the value fits none of anyOf; the first one: {first}") : null;
    }

    private static string? OneOf(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth)
    {
        var parts = Parts(schema, "oneOf").ToList();
        if (parts.Count == 0)
        {
            return null;
        }

        var fitting = parts.Count(part => check.Check(part, value, place, depth) is null);
        return fitting == 1 ? null : SchemaCheck.At(place, fitting == 0 ? "the value fits none of oneOf" : "the value fits more than one of oneOf");
    }

    private static string? Not(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth) =>
        schema.TryGetProperty("not", out var not) && check.Check(not, value, place, depth) is null
            ? SchemaCheck.At(place, "the value is what not excludes")
            : null;

    private static string? If(SchemaCheck check, JsonElement schema, JsonElement value, string place, int depth)
    {
        if (!schema.TryGetProperty("if", out var condition))
        {
            return null;
        }

        var branch = check.Check(condition, value, place, depth) is null ? "then" : "else";
        return schema.TryGetProperty(branch, out var rule) ? check.Check(rule, value, place, depth) : null;
    }

    private static IEnumerable<JsonElement> Parts(JsonElement schema, string rule) =>
        schema.TryGetProperty(rule, out var parts) && parts.ValueKind == JsonValueKind.Array ? parts.EnumerateArray() : [];
}
