namespace Orchestrator.Gateway;

/// <summary>The table that says which way a request takes. Pure.</summary>
public static class TransportSelection
{
    public static TransportDecision Select(SelectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = request.Model;
        if (Unknown(model, []) is { } unknown)
        {
            return unknown;
        }

        if (request.Transport == TransportKind.Direct)
        {
            return Refuse("transport", $"{model} is a model of the gateway: leave transport unset, or choose a model of a direct upstream.");
        }

        var reasons = GatewayReasons(request);
        if ((model.IsAiSearch || model.Info is { OnGatewayPath: false }) && reasons.Count > 0)
        {
            return new TransportRefusal([.. reasons.Select(reason => new ConfigProblem(
                reason.Field,
                $"{reason.What} needs the gateway path, but {model.Provider} is served on the run path only: remove it or choose another provider."))]);
        }

        if (model.Info is { OnRunCatalog: false })
        {
            reasons.Insert(0, new Reason("model", $"{model.Provider} is not on the run catalog and", "choose a provider that is"));
        }

        return reasons.Count == 0 ? OnRun(request) : OnGateway(request, reasons);
    }

    /// <summary>The refusal of a model that is nobody's; null where it is the gateway's.</summary>
    /// <param name="model">Not of an upstream.</param>
    /// <param name="upstreams">The names of those that there are besides the gateway.</param>
    internal static TransportRefusal? Unknown(ModelSlug model, IReadOnlyCollection<string> upstreams)
    {
        if (model.Info is not null || model.IsWorkersAi || model.IsAiSearch)
        {
            return null;
        }

        var own = upstreams.Count == 0 ? "" : $"your own ({string.Join(", ", upstreams)}), or ";
        return Refuse("model", $"The provider '{model.Provider}' is not known. Use provider/model with {own}one of: {KnownProviders()}, or @cf/….");
    }

    private static TransportDecision OnRun(SelectionRequest request)
    {
        if (request.Model.IsAiSearch)
        {
            return request.Resume == true
                ? Refuse("resume", "AI Search answers at once, not by a stream that could be resumed: leave resume unset.")
                : new TransportChoice(TransportKind.Run, false, []);
        }

        if (!request.Model.IsWorkersAi)
        {
            return OnCatalog(request);
        }

        return request.Resume switch
        {
            true => Refuse(
                "resume",
                "Workers AI models (@cf/…) can not be resumed: leave resume unset, or choose a model of a provider on the run catalog."),
            false => new TransportChoice(TransportKind.Run, false, []),
            null => new TransportChoice(TransportKind.Run, false, [Warning("Workers AI models (@cf/…) give no run id.")]),
        };
    }

    private static TransportDecision OnCatalog(SelectionRequest request) => (request.RunPathResume, request.Resume) switch
    {
        (_, false) => new TransportChoice(TransportKind.Run, false, []),
        (ResumeSupport.No, true) => Refuse(
            "resume",
            "resume: true needs the bridge, and none is configured: the REST API gives no run id. Configure one, or leave resume unset."),
        (ResumeSupport.No, _) => new TransportChoice(
            TransportKind.Run, false, [Warning("No bridge is configured, and the REST API gives no run id.")]),
        (ResumeSupport.WhereTheAnswerSays, _) => new TransportChoice(
            TransportKind.Run, true, ["No bridge is configured: over the REST API an answer can be resumed only if it carries a run id."]),
        _ => new TransportChoice(TransportKind.Run, true, []),
    };

    private static TransportDecision OnGateway(SelectionRequest request, List<Reason> reasons)
    {
        var what = string.Join("; ", reasons.Select(reason => $"{reason.What} needs the gateway path"));
        var wayOut = string.Join(" and ", reasons.Select(reason => reason.WayOut));
        var problems = new List<ConfigProblem>();
        if (request.Resume == true)
        {
            problems.Add(new("resume", $"resume: true needs the run path, but {what}, which can not resume. Leave resume unset, or {wayOut}."));
        }

        if (request.Transport == TransportKind.Run)
        {
            problems.Add(new("transport", $"transport: \"run\" was asked for, but {what}. Leave transport unset, or {wayOut}."));
        }

        if (problems.Count > 0)
        {
            return new TransportRefusal(problems);
        }

        return new TransportChoice(TransportKind.Gateway, false, request.Resume == false ? [] : [Warning($"Not on the run path: {what}.")]);
    }

    private static List<Reason> GatewayReasons(SelectionRequest request)
    {
        var reasons = new List<Reason>();
        Add(request.Transport == TransportKind.Gateway, "transport", "transport: \"gateway\"", "remove transport");
        Add(request.CacheTtl is not null, "gateway/cacheTtl", "cacheTtl", "remove cacheTtl");
        Add(request.SkipCache == true, "gateway/skipCache", "skipCache", "remove skipCache");
        Add(request.ServerFallback, "fallback/mode", "fallback.mode: \"server\"", "use fallback.mode: \"client\"");
        Add(request.Byok, "byok", "byok", "remove byok");
        Add(
            request.Endpoint is { } endpoint && !EndpointPath.IsCommon(endpoint),
            "endpoint",
            "a provider's own endpoint",
            "remove endpoint");
        return reasons;

        void Add(bool holds, string field, string what, string wayOut)
        {
            if (holds)
            {
                reasons.Add(new Reason(field, what, wayOut));
            }
        }
    }

    private static string Warning(string why) =>
        $"{why} If the connection breaks, the answer can not be resumed, only retried, continued or accepted as partial.";

    private static string KnownProviders() => string.Join(", ", ProviderRegistry.All.Select(provider => provider.Slug));

    private static TransportRefusal Refuse(string field, string message) => new([new ConfigProblem(field, message)]);

    private sealed record Reason(string Field, string What, string WayOut);
}
