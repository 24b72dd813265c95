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
        var problems = RunRequestRules.Check(request, out model);
        problems.AddRange(NotOnTheRunPath(request));
        var edit = new InputEdit(request.Stream, IncludeUsage: model?.RunWire == WireFormat.OpenAi);
        if (InputEditor.TryApply(request.Inputs, edit, out var inputs) is { } problem)
        {
            problems.Add(new("input", problem));
        }

        error = problems.Count == 0 ? null : GatewayError.Refused(problems);
        content = error is null ? RunBody.Create(model!, inputs, request) : null;
        return error is null;
    }

    private static IEnumerable<ConfigProblem> NotOnTheRunPath(RunRequest request)
    {
        if (request.Transport == TransportKind.Gateway)
        {
            yield return new("transport", "This is the run path.");
        }

        if (request.Fallbacks.Count > 0)
        {
            yield return new("fallback/mode", "The run path takes one model.");
        }

        if (request.Byok || request.Gateway.ByokAlias is not null)
        {
            yield return new("byok", "The run path takes no keys of the caller's own.");
        }

        if (request.Endpoint is { } endpoint && !EndpointPath.IsCommon(endpoint))
        {
            yield return new("endpoint", "A provider's own paths need the gateway path.");
        }
    }
}
