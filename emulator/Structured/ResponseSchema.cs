using System.Text.Json;

namespace Orchestrator.Emulator.Structured;

/// <summary>The schema that inputs ask their answer to keep to, as OpenAI, Workers AI, Anthropic and Google are asked for it.</summary>
internal static class ResponseSchema
{
    /// <summary>An answer that keeps to hardly any.</summary>
    public const string Mismatch = "{\"unasked\": [1, \"two\"]}";

    private static readonly string[][] Places =
    [
        ["response_format", "json_schema", "schema"],
        ["response_format", "json_schema"],
        ["response_format", "schema"],
        ["text", "format", "schema"],
        ["output_format", "schema"],
        ["output_config", "format", "schema"],
        ["generationConfig", "responseJsonSchema"],
    ];

    public static JsonElement? Of(JsonElement inputs) =>
        Places.Select(place => At(inputs, place)).FirstOrDefault(static found => found?.ValueKind == JsonValueKind.Object)
        ?? (At(inputs, ["response_format", "type"]) is { ValueKind: JsonValueKind.String } type && type.ValueEquals("json_object")
            ? JsonElement.Parse("""{"type":"object","properties":{"answer":{"type":"string"}}}""")
            : null);

    private static JsonElement? At(JsonElement element, string[] place)
    {
        foreach (var name in place)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
