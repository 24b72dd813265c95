using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Gateway;

/// <summary>Checks a run request and makes its body.</summary>
internal static class RunContent
{
    public static bool TryCreate(
        RunRequest request,
        [NotNullWhen(true)] out ModelSlug? model,
        [NotNullWhen(true)] out HttpContent? content,
        [NotNullWhen(false)] out GatewayError? error)
    {
        content = null;
        var problems = new List<ConfigProblem>();
        if (!ModelSlug.TryParse(request.Model, out model))
        {
            problems.Add(new("model", "Give provider/model or @cf/…."));
        }

        problems.AddRange(Under("gateway", request.Gateway.Validate()));
        problems.AddRange(Under("extraHeaders", HeaderRules.Check(request.ExtraHeaders)));
        if (RunBody.Conflict(request) is { } conflict)
        {
            problems.AddRange(Under("extraHeaders", [conflict]));
        }

        if (request.SessionAffinity is { } affinity && (affinity.Length == 0 || !HeaderRules.IsValue(affinity)))
        {
            problems.Add(new("sessionAffinity", "Give printable ASCII: it travels in a header."));
        }

        var usage = model?.RunWire == WireFormat.OpenAi;
        if (StreamInputs.TryApply(request.Inputs, request.Stream, usage, out var inputs) is { } problem)
        {
            problems.Add(new("input", problem));
        }

        error = problems.Count == 0 ? null : GatewayError.Refused(problems);
        content = error is null ? RunBody.Create(model!, inputs, request) : null;
        return error is null;
    }

    private static IEnumerable<ConfigProblem> Under(string parent, IReadOnlyList<ConfigProblem> problems) =>
        problems.Select(problem => problem with { Field = problem.Field.Length == 0 ? parent : $"{parent}/{problem.Field}" });
}
