using Orchestrator.Api.Json;

namespace Orchestrator.Api.Submit;

/// <summary><c>task</c>.</summary>
internal static class TaskPart
{
    public const string TextGeneration = "text-generation";

    public static string Read(JsonFields run)
    {
        if (run.Text("task", SubmitLimits.TextChars) is { } task && task != TextGeneration)
        {
            run.Problem("task", $"This version runs {TextGeneration} only: leave task unset, or choose a model for it.");
        }

        return TextGeneration;
    }
}
