using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Submit;

/// <summary><c>task</c>: what is asked for, or what the model and its input tell.</summary>
internal static class TaskPart
{
    public static string Read(JsonFields run)
    {
        var task = Asked(run) ?? Inferred(run);
        if (!ModelTasks.Streams(task) && run.TryGet("resume", out var resume) && resume.ValueKind == JsonValueKind.True)
        {
            run.Problem("resume", $"{ModelTasks.NameOf(task)} is answered at once, not by a stream that could be resumed: leave resume unset.");
        }

        return ModelTasks.NameOf(task);
    }

    /// <summary>How many results; null is one.</summary>
    public static int? ReadN(JsonFields run)
    {
        var n = run.Whole("n", 1, SubmitLimits.Parts);
        if (n > 1 && (Asked(run, complain: false) ?? Inferred(run)) != ModelTask.Image)
        {
            run.Problem("n", "Only images come in several: submit a run for each.");
        }

        return n is 1 ? null : n;
    }

    /// <summary>A fallback model that is known to do something else would fail at the dispatch, when nobody is there to be told.</summary>
    public static void CheckFallbacks(JsonFields run, RunSpec spec)
    {
        if (run.TryGet("task", out _))
        {
            return;
        }

        var models = spec.Fallback?.Models ?? [];
        for (var i = 0; i < models.Count; i++)
        {
            if (ModelSlug.TryParse(models[i], out var model)
                && Wide(ModelTasks.Of(model)) is var own && own != Wide(ModelTasks.Parse(spec.Task)!.Value))
            {
                run.Problem(
                    "fallback",
                    JsonPointer.Append("/models", i),
                    $"This is a model for {ModelTasks.NameOf(own)}, but the run's task is {spec.Task}: choose another model, or name the task.");
            }
        }
    }

    private static ModelTask? Asked(JsonFields run, bool complain = true)
    {
        if (!run.TryGet("task", out var given))
        {
            return null;
        }

        var task = given.ValueKind == JsonValueKind.String ? ModelTasks.Parse(given.GetString()) : null;
        if (task is null && complain)
        {
            run.Problem("task", $"Give {JsonKinds.Alternatives([.. ModelTasks.AllNames])}.");
        }

        return task;
    }

    private static ModelTask Inferred(JsonFields run)
    {
        var model = run.TryGet("model", out var given) && given.ValueKind == JsonValueKind.String
            && ModelSlug.TryParse(given.GetString(), out var slug) ? slug : null;
        var task = model is null ? ModelTask.TextGeneration : ModelTasks.Of(model);
        return task == ModelTask.TextGeneration && run.TryGet("input", out var input) && ShowsAnImage(input) ? ModelTask.Vision : task;
    }

    private static bool ShowsAnImage(JsonElement input) =>
        Elements(Member(input, "messages")).Concat(Elements(Member(input, "input")))
            .SelectMany(static message => Elements(Member(message, "content"))).Any(static part =>
                Member(part, "type") is { ValueKind: JsonValueKind.String } type
                && (type.ValueEquals("image_url") || type.ValueEquals("input_image") || type.ValueEquals("image")));

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;

    private static IEnumerable<JsonElement> Elements(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <summary>Models that see are asked like those that do not.</summary>
    private static ModelTask Wide(ModelTask task) => task == ModelTask.Vision ? ModelTask.TextGeneration : task;
}
