using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>
/// The schema that a model's input asks its answer to keep to, in the words of each API: <c>response_format</c> (OpenAI's envelope
/// <c>{name, schema, strict}</c>, or the bare schema of Workers AI; <c>json_object</c> is any object), <c>text.format</c> of OpenAI's
/// responses, Anthropic's <c>output_format</c> and <c>output_config.format</c>, Google's <c>generationConfig.responseJsonSchema</c>.
/// </summary>
public static class AnswerSchema
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };
    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    /// <param name="input">A UTF-8 JSON object.</param>
    /// <returns>Null: it asks for none.</returns>
    public static JsonSchema? Of(ReadOnlyMemory<byte> input)
    {
        using var document = JsonDocument.Parse(input, Options);
        return Find(document.RootElement) is { } schema ? JsonSchema.TryCreate(schema) : null;
    }

    private static JsonElement? Find(JsonElement input) =>
        OfFormat(Member(input, "response_format"))
        ?? OfFormat(Member(Member(input, "text"), "format"))
        ?? OfFormat(Member(input, "output_format"))
        ?? OfFormat(Member(Member(input, "output_config"), "format"))
        ?? Given(Member(Member(input, "generationConfig"), "responseJsonSchema"));

    private static JsonElement? OfFormat(JsonElement format)
    {
        var type = Member(format, "type");
        if (type.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        if (type.ValueEquals("json_schema"))
        {
            var asked = Member(format, "json_schema");
            return Given(Member(format, "schema")) ?? (IsEnvelope(asked) ? Member(asked, "schema") : Given(asked));
        }

        return type.ValueEquals("json_object") ? Given(Member(format, "schema")) ?? AnyObject : null;
    }

    /// <summary>A schema could have such a property, but not without a word of its own beside it.</summary>
    private static bool IsEnvelope(JsonElement asked) =>
        Member(asked, "schema").ValueKind == JsonValueKind.Object
        && Member(asked, "type").ValueKind == JsonValueKind.Undefined
        && Member(asked, "properties").ValueKind == JsonValueKind.Undefined;

    private static JsonElement? Given(JsonElement schema) => schema.ValueKind == JsonValueKind.Object ? schema : null;

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;
}
