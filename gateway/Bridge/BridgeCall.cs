namespace Orchestrator.Gateway;

/// <summary>A run as it goes over the bridge.</summary>
/// <param name="Model">Parsed.</param>
/// <param name="Inputs">JSON in parts that are sent one after the other.</param>
/// <param name="Request">The options and headers.</param>
internal sealed record BridgeCall(ModelSlug Model, IReadOnlyList<ReadOnlyMemory<byte>> Inputs, RunRequest Request)
{
    /// <summary>Checks a request that asks for the run path and for no other.</summary>
    /// <param name="request">Unchecked.</param>
    /// <param name="problems">Everything that is wrong with it.</param>
    public static BridgeCall? TryCreate(RunRequest request, out List<ConfigProblem> problems)
    {
        problems = RunRequestRules.Check(request, out var model);
        problems.AddRange(NotOnTheRunPath(request));
        return TryCreate(model, request, problems);
    }

    /// <param name="model">Null where it could not be parsed, which is among the problems then.</param>
    /// <param name="request">Checked but for its inputs.</param>
    /// <param name="problems">Gets what is wrong with those; with any in it there is no call.</param>
    public static BridgeCall? TryCreate(ModelSlug? model, RunRequest request, List<ConfigProblem> problems)
    {
        if (model is { IsAiSearch: true })
        {
            return AiSearch(model, request, problems);
        }

        if (model is not null && RawAudio.IsIn(model, request.Inputs) && RawAudio.TryRead(request.Inputs, out _) is { } audio)
        {
            problems.Add(new("input", audio));
        }

        var edit = new InputEdit(request.Stream, IncludeUsage: model?.RunWire == WireFormat.OpenAi);
        if (InputEditor.TryApply(request.Inputs, edit, out var inputs) is { } problem)
        {
            problems.Add(new("input", problem));
        }

        return problems.Count > 0 ? null : new BridgeCall(model!, inputs, request);
    }

    public string Path => Model.IsAiSearch ? $"/ai-search/{Model.Model}" : "/run";

    public HttpContent Content() => Model.IsAiSearch ? new PartsContent(Inputs) : RunBody.Create(Model, Inputs, Request);

    private static BridgeCall? AiSearch(ModelSlug model, RunRequest request, List<ConfigProblem> problems)
    {
        if (!EndpointPath.IsName(model.Model))
        {
            problems.Add(new("model", "Give ai-search/ and the name of an AI Search."));
        }

        if (AiSearchQuery.TryCreate(request.Inputs, out var body) is { } problem)
        {
            problems.Add(new("input", problem));
        }

        return problems.Count > 0 ? null : new BridgeCall(model, [body], request);
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
