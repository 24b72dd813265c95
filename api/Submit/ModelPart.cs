using Orchestrator.Api.Json;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Submit;

/// <summary><c>model</c>.</summary>
internal static class ModelPart
{
    public const string HowTo = "Give provider/model, such as openai/gpt-5-mini, or @cf/… for a Workers AI model.";

    public static string? Required(JsonFields run)
    {
        if (!run.TryGet("model", out _))
        {
            run.Problem("model", $"The model is missing. {HowTo}");
            return null;
        }

        return Optional(run);
    }

    /// <summary>Null where it is absent, or no model's name: that is a problem.</summary>
    public static string? Optional(JsonFields run)
    {
        if (run.Text("model", SubmitLimits.ModelChars) is not { } model)
        {
            return null;
        }

        if (ModelSlug.TryParse(model, out _))
        {
            return model;
        }

        run.Problem("model", $"This is no model's name. {HowTo}");
        return null;
    }
}
