using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>
/// A JSON Schema (draft 2020-12) as far as structured output uses it. Checked: <c>type</c>, <c>enum</c>, <c>const</c>; <c>properties</c>,
/// <c>required</c>, <c>additionalProperties</c>, <c>patternProperties</c>, <c>propertyNames</c>, <c>minProperties</c>,
/// <c>maxProperties</c>, <c>dependentRequired</c>, <c>dependentSchemas</c>; <c>items</c>, <c>prefixItems</c>, <c>contains</c>,
/// <c>minContains</c>, <c>maxContains</c>, <c>minItems</c>, <c>maxItems</c>, <c>uniqueItems</c>; <c>minimum</c>, <c>maximum</c>,
/// <c>exclusiveMinimum</c>, <c>exclusiveMaximum</c>, <c>multipleOf</c>; <c>minLength</c>, <c>maxLength</c>, <c>pattern</c>,
/// <c>format</c> (see <see cref="TextFormats"/>); <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>, <c>not</c>, <c>if</c>/<c>then</c>/<c>else</c>;
/// <c>$ref</c> to a JSON pointer in the same schema, recursive ones too. Not checked, and told by <see cref="Unchecked"/>:
/// <c>unevaluatedProperties</c>, <c>unevaluatedItems</c>, <c>$dynamicRef</c>, references to elsewhere, patterns that .NET can not read. All other words are notes.
/// Immutable; thread-safe.
/// </summary>
public sealed class JsonSchema
{
    private readonly JsonElement _root;

    private JsonSchema(JsonElement root) => _root = root;

    /// <summary>The words that ask for what is not checked, each once.</summary>
    public IReadOnlyList<string> Unchecked => UncheckedWords.In(_root);

    /// <param name="schema">Copied.</param>
    /// <returns>Null: a schema is an object, true or false.</returns>
    public static JsonSchema? TryCreate(JsonElement schema) =>
        schema.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False ? new JsonSchema(schema.Clone()) : null;

    /// <summary>The first thing that is wrong with a value, or null. The message names the place and the rule, nothing of the value.</summary>
    public string? Check(JsonElement value) => new SchemaCheck(_root).Run(value);
}
