using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Feedback;

/// <summary>Makes feedback of a body, or a list of everything that is wrong with it. Pure.</summary>
internal static class FeedbackParser
{
    public const int MaxMetadata = 64;

    public static readonly IReadOnlyList<string> Fields = ["feedback", "score", "metadata"];

    /// <returns>Either a patch or a problem.</returns>
    public static (LogPatch? Patch, Problem? Problem) Parse(ReadOnlyMemory<byte> body, int maxDepth)
    {
        var problems = new ProblemList();
        using var document = JsonBody.TryParse(body, maxDepth, problems);
        var patch = document is not null && JsonFields.Of(document.RootElement, "", Fields, problems) is { } fields
            ? Read(fields, problems)
            : null;
        return problems.IsEmpty ? (patch, null) : (null, problems.ToProblem());
    }

    private static LogPatch Read(JsonFields fields, ProblemList problems)
    {
        if (!Fields.Any(name => fields.TryGet(name, out _)))
        {
            problems.Add("", "There is no feedback in it: give feedback (-1, 0 or 1), score or metadata.");
        }

        return new LogPatch
        {
            Feedback = fields.Whole("feedback", -1, 1),
            Score = ReadScore(fields),
            Metadata = ScalarMap.Read(fields, "metadata", MaxMetadata, problems)
                ?.ToDictionary(entry => entry.Key, entry => entry.Value.Clone(), StringComparer.Ordinal),
        };
    }

    private static double? ReadScore(JsonFields fields)
    {
        if (!fields.TryGet("score", out var score))
        {
            return null;
        }

        if (score.ValueKind == JsonValueKind.Number && score.TryGetDouble(out var number) && number is >= 0 and <= LogPatch.MaxScore)
        {
            return number;
        }

        fields.Problem(
            "score",
            score.ValueKind == JsonValueKind.Number ? $"Give a number from 0 to {LogPatch.MaxScore}." : $"Give a number, not {JsonKinds.Name(score)}.");
        return null;
    }
}
