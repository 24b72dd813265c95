using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Tasks;

namespace Orchestrator.Emulator.Structured;

/// <summary>
/// Makes a value that keeps to a schema, as far as <c>type</c>, <c>properties</c>, <c>items</c>, <c>enum</c>, <c>const</c>, bounds,
/// <c>anyOf</c>, <c>oneOf</c>, <c>allOf</c>, common formats and references within it go. It follows from schema and key.
/// </summary>
internal sealed class SchemaSample(JsonElement root, ulong key)
{
    /// <summary>Where a schema refers to itself, what need not be there is left out from here on.</summary>
    private const int Deep = 6;
    private const int MaxDepth = 40;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private long _position;

    public string Write()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Readable))
        {
            Value(json, root, 0);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Value(Utf8JsonWriter json, JsonElement schema, int depth)
    {
        schema = Resolve(schema);
        if (depth > MaxDepth || schema.ValueKind != JsonValueKind.Object)
        {
            json.WriteNullValue();
        }
        else if (schema.TryGetProperty("const", out var only))
        {
            only.WriteTo(json);
        }
        else if (schema.TryGetProperty("enum", out var choices) && choices.GetArrayLength() > 0)
        {
            choices[(int)(Next() % (ulong)choices.GetArrayLength())].WriteTo(json);
        }
        else if (Part(schema, depth) is { } part)
        {
            Value(json, part, depth + 1);
        }
        else
        {
            OfType(json, schema, TypeOf(schema, depth), depth);
        }
    }

    /// <summary>Of several, the last one where it is deep: there the way out is, such as null.</summary>
    private JsonElement? Part(JsonElement schema, int depth)
    {
        foreach (var name in (ReadOnlySpan<string>)["anyOf", "oneOf", "allOf"])
        {
            if (schema.TryGetProperty(name, out var parts) && parts.ValueKind == JsonValueKind.Array && parts.GetArrayLength() > 0)
            {
                return parts[depth >= Deep && name != "allOf" ? parts.GetArrayLength() - 1 : 0];
            }
        }

        return null;
    }

    private static string TypeOf(JsonElement schema, int depth)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return schema.TryGetProperty("properties", out _) ? "object" : schema.TryGetProperty("items", out _) ? "array" : "string";
        }

        var names = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static one => one.ToString())] : new[] { type.ToString() };
        return depth >= Deep && names.Contains("null") ? "null" : names[0];
    }

    private void OfType(Utf8JsonWriter json, JsonElement schema, string type, int depth)
    {
        switch (type)
        {
            case "object":
                Object(json, schema, depth);
                break;
            case "array":
                List(json, schema, depth);
                break;
            case "integer" or "number":
                json.WriteNumberValue(Number(schema));
                break;
            case "boolean":
                json.WriteBooleanValue(Next() % 2 == 0);
                break;
            case "null":
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(Words(schema));
                break;
        }
    }

    private void Object(Utf8JsonWriter json, JsonElement schema, int depth)
    {
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(static name => name.ToString()).ToHashSet(StringComparer.Ordinal)
            : [];
        json.WriteStartObject();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject().Where(one => depth < Deep || required.Contains(one.Name)))
            {
                json.WritePropertyName(property.Name);
                Value(json, property.Value, depth + 1);
            }
        }

        json.WriteEndObject();
    }

    private void List(Utf8JsonWriter json, JsonElement schema, int depth)
    {
        var least = Bound(schema, "minItems") ?? 0;
        var most = Bound(schema, "maxItems") ?? decimal.MaxValue;
        var count = Math.Max(least, depth >= Deep ? 0 : Math.Min(most, 2));
        json.WriteStartArray();
        for (var i = 0; i < count; i++)
        {
            Value(json, schema.TryGetProperty("items", out var items) ? items : JsonElement.Parse("""{"type":"string"}"""), depth + 1);
        }

        json.WriteEndArray();
    }

    private decimal Number(JsonElement schema)
    {
        var from = Bound(schema, "minimum") ?? Bound(schema, "exclusiveMinimum") + 1 ?? Math.Min(0, Bound(schema, "maximum") ?? Bound(schema, "exclusiveMaximum") - 1 ?? 0);
        var to = Bound(schema, "maximum") ?? Bound(schema, "exclusiveMaximum") - 1 ?? from + 100;
        var step = Bound(schema, "multipleOf") ?? 1;
        var number = Math.Ceiling(from / step) * step;
        var steps = Math.Max(0, Math.Min(1_000, Math.Floor((to - number) / step)));
        return number + ((Next() % ((ulong)steps + 1)) * step);
    }

    private string Words(JsonElement schema)
    {
        if (schema.TryGetProperty("format", out var format) && Formatted(format.ToString()) is { } text)
        {
            return text;
        }

        var said = string.Join(' ', Tasks.Words.Of(Next(), 3));
        var least = (int)(Bound(schema, "minLength") ?? 0);
        var most = (int)Math.Min(Bound(schema, "maxLength") ?? int.MaxValue, int.MaxValue);

        // Where lengths count, only letters that are one character in every way of counting.
        return least > 0 || most < said.Length
            ? new string([.. Enumerable.Range(0, Math.Clamp(said.Length, least, most)).Select(_ => (char)('a' + (Next() % 26)))])
            : said;
    }

    private string? Formatted(string format) => format switch
    {
        "date-time" => "2026-03-14T15:09:26Z",
        "date" => "2026-03-14",
        "time" => "15:09:26Z",
        "duration" => "PT3H",
        "email" => "harbour@example.com",
        "hostname" => "harbour.example.com",
        "ipv4" => "192.0.2.7",
        "ipv6" => "2001:db8::7",
        "uuid" => $"{Next():x16}{Next():x16}".Insert(20, "-").Insert(16, "-").Insert(12, "-").Insert(8, "-"),
        "uri" => "https://example.com/harbour",
        _ => null,
    };

    private JsonElement Resolve(JsonElement schema)
    {
        for (var i = 0; i < MaxDepth && schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference); i++)
        {
            var at = root;
            foreach (var name in reference.ToString().Split('/').Skip(1))
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                {
                    return default;
                }
            }

            schema = at;
        }

        return schema;
    }

    private static decimal? Bound(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var bound) && bound.ValueKind == JsonValueKind.Number && bound.TryGetDecimal(out var number) ? number : null;

    private ulong Next() => Mix.At(key, _position++);
}
