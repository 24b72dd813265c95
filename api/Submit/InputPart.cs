using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Submit;

/// <summary><c>input</c> and <c>fallback.inputs</c>: kept byte for byte.</summary>
internal static class InputPart
{
    public static ReadOnlyMemory<byte>? Required(JsonFields run, ReadOnlyMemory<byte> body)
    {
        if (!run.TryGet("input", out var input))
        {
            run.Problem("input", "The input is missing. Give the model's own, such as { \"messages\": [ … ] }.");
            return null;
        }

        if (input.ValueKind != JsonValueKind.Object)
        {
            run.Problem("input", $"Give an object in the model's own schema, not {JsonKinds.Name(input)}.");
            return null;
        }

        return JsonBody.Slice(body, input);
    }

    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> OfFallbacks(JsonFields run, RunSpec spec, ReadOnlyMemory<byte> body)
    {
        if (!run.TryGet("fallback", out var element) || element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("inputs", out var given) || given.ValueKind != JsonValueKind.Object)
        {
            return RunInputs.None;
        }

        var inputs = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var property in given.EnumerateObject())
        {
            if (Problem(property, spec) is { } problem)
            {
                run.Problem("fallback", JsonPointer.Append("/inputs", property.Name), problem);
            }

            inputs[property.Name] = JsonBody.Slice(body, property.Value);
        }

        return inputs.Count == 0 ? RunInputs.None : inputs;
    }

    private static string? Problem(JsonProperty property, RunSpec spec)
    {
        if (property.Value.ValueKind != JsonValueKind.Object)
        {
            return $"Give an object in the model's own schema, not {JsonKinds.Name(property.Value)}.";
        }

        if (property.Name == spec.Model)
        {
            return "This is the model of the first leg: its input is input.";
        }

        return spec.Fallback?.Models.Contains(property.Name, StringComparer.Ordinal) == true
            ? null
            : "This model is not in fallback.models: add it there, written the same, or remove its input.";
    }
}
