namespace Orchestrator.Gateway;

/// <summary>Checks a run request as a whole, chooses its way, and prepares what is sent on it. Pure.</summary>
internal sealed class DispatchPlanner(ResumeSupport resume, GatewayOptions defaults, bool overRest)
{
    public DispatchPlan Plan(RunRequest asked)
    {
        var problems = RunRequestRules.Check(asked, out var model);
        var request = asked with { Gateway = asked.Gateway.Over(defaults) };
        problems.AddRange(TooMuchMetadata(asked, request));
        if (model is null)
        {
            return Refused(problems);
        }

        var decision = TransportSelection.Select(Selection(request, model));
        if (decision is TransportRefusal refusal)
        {
            problems.AddRange(refusal.Problems);
        }

        return decision is TransportChoice { Transport: TransportKind.Gateway }
            ? OnGateway(decision, request, FallbackEntries.Prepare(model, request, problems), problems)
            : OnRun(decision, request, model, problems);
    }

    private static DispatchPlan OnGateway(
        TransportDecision decision, RunRequest request, IReadOnlyList<PreparedEntry> entries, List<ConfigProblem> problems) =>
        problems.Count > 0
            ? Refused(problems)
            : new(decision, new PreparedUniversal(request.Gateway.Id, OptionHeaders.Of(request.Gateway, request.SessionAffinity), entries));

    /// <summary>What is refused already comes here too, to be told what else is wrong.</summary>
    private DispatchPlan OnRun(TransportDecision decision, RunRequest request, ModelSlug model, List<ConfigProblem> problems)
    {
        var rest = overRest ? RestCall.TryCreate(model, request, problems) : null;
        var bridge = overRest ? null : BridgeCall.TryCreate(model, request, problems);
        return problems.Count > 0 ? Refused(problems) : new(decision, Rest: rest, Bridge: bridge);
    }

    private SelectionRequest Selection(RunRequest request, ModelSlug model) => new()
    {
        Model = model,
        Transport = request.Transport,
        Resume = request.Resume,
        SkipCache = request.Gateway.SkipCache,
        CacheTtl = request.Gateway.CacheTtl,
        ServerFallback = request.Fallbacks.Count > 0,
        Byok = request.Byok || request.Gateway.ByokAlias is not null,
        Endpoint = request.Endpoint,
        RunPathResume = resume,
    };

    /// <summary>Each has at most so many; both together may not.</summary>
    private static IEnumerable<ConfigProblem> TooMuchMetadata(RunRequest asked, RunRequest merged) =>
        asked.Gateway.Metadata is { Count: <= GatewayOptions.MaxMetadata }
            ? RunRequestRules.Under("gateway", merged.Gateway.Validate().Where(problem => problem.Field == "metadata"))
            : [];

    private static DispatchPlan Refused(List<ConfigProblem> problems) => new(new TransportRefusal(problems));
}
