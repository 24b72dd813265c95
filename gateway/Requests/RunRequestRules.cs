namespace Orchestrator.Gateway;

/// <summary>What must hold of a run request on every transport.</summary>
internal static class RunRequestRules
{
    // They are the connection's own; taken from a caller they would change whose account is charged.
    private static readonly string[] Reserved = [OptionHeaders.Authorization, OptionHeaders.GatewayId];

    public static List<ConfigProblem> Check(RunRequest request, out ModelSlug? model)
    {
        var problems = new List<ConfigProblem>();
        if (!ModelSlug.TryParse(request.Model, out model))
        {
            problems.Add(new("model", "Give provider/model or @cf/…."));
        }

        problems.AddRange(Under("gateway", request.Gateway.Validate()));
        problems.AddRange(Under("extraHeaders", HeaderRules.Check(request.ExtraHeaders)));
        problems.AddRange(Under("extraHeaders", Conflicts(request)));
        if (request.SessionAffinity is { } affinity && (affinity.Length == 0 || !HeaderRules.IsValue(affinity)))
        {
            problems.Add(new("sessionAffinity", "Give printable ASCII: it travels in a header."));
        }

        if (request.Endpoint is { } endpoint && EndpointPath.Problem(endpoint) is { } problem)
        {
            problems.Add(new("endpoint", problem));
        }

        return problems;
    }

    public static IEnumerable<ConfigProblem> Under(string parent, IEnumerable<ConfigProblem> problems) =>
        problems.Select(problem => problem with { Field = problem.Field.Length == 0 ? parent : $"{parent}/{problem.Field}" });

    /// <summary>Headers that have a field of their own must not come a second time among the extra ones.</summary>
    private static IEnumerable<ConfigProblem> Conflicts(RunRequest request)
    {
        if (request.ExtraHeaders.Count == 0)
        {
            return [];
        }

        var names = request.ExtraHeaders.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return OptionHeaders.Of(request.Gateway, request.SessionAffinity)
            .Where(header => names.Contains(header.Name))
            .Select(header => new ConfigProblem(header.Name, $"{header.Option} sets this header too: remove one of them."))
            .Concat(Reserved.Where(names.Contains).Select(name =>
                new ConfigProblem(name, "This header belongs to the configured connection: remove it.")));
    }
}
