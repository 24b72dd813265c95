using System.Globalization;
using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Submit;

/// <summary><c>fallback</c> without its inputs.</summary>
internal static class FallbackPart
{
    public static FallbackSpec? Read(JsonFields run)
    {
        if (run.Object("fallback", SubmitFields.Fallback) is not { } fallback)
        {
            return null;
        }

        // Its entries are read with the other inputs: only what it is matters here.
        _ = fallback.Entries("inputs");
        var isServer = fallback.OneOf("mode", (FallbackSpec.ClientMode, false), (FallbackSpec.ServerMode, true)) ?? false;
        return new FallbackSpec { Mode = isServer ? FallbackSpec.ServerMode : FallbackSpec.ClientMode, Models = ReadModels(fallback) };
    }

    private static List<string> ReadModels(JsonFields fallback)
    {
        var models = new List<string>();
        var index = 0;
        foreach (var item in fallback.Items("models"))
        {
            var below = JsonPointer.Append("", index++);
            if (item.ValueKind != JsonValueKind.String)
            {
                fallback.Problem("models", below, $"Give a model's name, not {JsonKinds.Name(item)}.");
            }
            else if (!ModelSlug.TryParse(item.GetString(), out _))
            {
                fallback.Problem("models", below, $"This is no model's name. {ModelPart.HowTo}");
            }
            else
            {
                models.Add(item.GetString()!);
            }
        }

        if (index > SubmitLimits.FallbackModels)
        {
            fallback.Problem("models", string.Create(CultureInfo.InvariantCulture, $"At most {SubmitLimits.FallbackModels} models, these are {index}."));
        }

        return models;
    }
}
