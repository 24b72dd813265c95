using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Orchestrator.Api.OpenApi;

/// <summary>Words to write schemas with.</summary>
internal static class Schemas
{
    public static OpenApiSchema Text(string? description = null) => new() { Type = JsonSchemaType.String, Description = description };

    public static OpenApiSchema Time(string description) => new() { Type = JsonSchemaType.String, Format = "date-time", Description = description };

    public static OpenApiSchema Flag(string? description = null) => new() { Type = JsonSchemaType.Boolean, Description = description };

    public static OpenApiSchema Number(string? description = null) => new() { Type = JsonSchemaType.Number, Description = description };

    public static OpenApiSchema Whole(string? description = null, long? min = null, long? max = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = min?.ToString(CultureInfo.InvariantCulture),
        Maximum = max?.ToString(CultureInfo.InvariantCulture),
        Description = description,
    };

    public static OpenApiSchema OneOf(string? description, params IEnumerable<string> names) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. names.Select(static name => (JsonNode)name)],
        Description = description,
    };

    public static OpenApiSchema ListOf(IOpenApiSchema items, string? description = null) =>
        new() { Type = JsonSchemaType.Array, Items = items, Description = description };

    /// <summary>An object of any names whose values are all of one kind.</summary>
    public static OpenApiSchema MapOf(IOpenApiSchema values, string? description = null) =>
        new() { Type = JsonSchemaType.Object, AdditionalProperties = values, Description = description };

    /// <summary>An object of anything.</summary>
    public static OpenApiSchema Anything(string description) => new() { Type = JsonSchemaType.Object, Description = description };

    public static OpenApiSchema Scalar() => new() { Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean };

    /// <summary>A schema of the document, by its name.</summary>
    public static IOpenApiSchema Ref(string name) => new OpenApiSchemaReference(name);

    public static IOpenApiSchema RefOrNull(string name) => new OpenApiSchema { AnyOf = [Ref(name), new OpenApiSchema { Type = JsonSchemaType.Null }] };

    /// <summary>An object with these fields; a later version may have more.</summary>
    public static OpenApiSchema Object(string? description, params ReadOnlySpan<(string Name, IOpenApiSchema Schema)> fields)
    {
        var properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        foreach (var (name, schema) in fields)
        {
            properties.Add(name, schema);
        }

        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = properties,
            Description = description,
        };
    }

    /// <summary>No other fields than these.</summary>
    public static OpenApiSchema Closed(this OpenApiSchema schema)
    {
        schema.AdditionalPropertiesAllowed = false;
        return schema;
    }

    public static OpenApiSchema OrNull(this OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        schema.Enum?.Add(JsonNullSentinel.JsonNull);
        return schema;
    }

    public static OpenApiSchema Required(this OpenApiSchema schema, params IEnumerable<string> names)
    {
        schema.Required = new HashSet<string>(names, StringComparer.Ordinal);
        return schema;
    }

    /// <summary>All fields are always there.</summary>
    public static OpenApiSchema AllRequired(this OpenApiSchema schema) => schema.Required(schema.Properties!.Keys);
}
