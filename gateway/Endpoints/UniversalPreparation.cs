namespace Orchestrator.Gateway;

/// <summary>Checks a universal request and cleans its headers.</summary>
internal static class UniversalPreparation
{
    public static PreparedUniversal? Prepare(UniversalRequest request, GatewayOptions defaults, out List<ConfigProblem> problems)
    {
        var options = request.Gateway.Over(defaults);
        problems = [.. RunRequestRules.Under("gateway", options.Validate())];
        if (request.SessionAffinity is { } affinity && (affinity.Length == 0 || !HeaderRules.IsValue(affinity)))
        {
            problems.Add(new("sessionAffinity", "Give printable ASCII: it travels in a header."));
        }

        if (request.Entries.Count == 0)
        {
            problems.Add(new("entries", "Give at least one."));
        }

        var entries = new List<PreparedEntry>();
        for (var i = 0; i < request.Entries.Count; i++)
        {
            entries.Add(Prepare(request.Entries[i], $"entries/{i}", problems));
        }

        return problems.Count > 0 ? null : new(options.Id, OptionHeaders.Of(options, request.SessionAffinity), entries);
    }

    private static PreparedEntry Prepare(UniversalEntry entry, string field, List<ConfigProblem> problems)
    {
        if (!EndpointPath.IsName(entry.Provider))
        {
            problems.Add(new($"{field}/provider", "Give the gateway's name for the provider."));
        }

        if (EndpointPath.Problem(entry.Endpoint) is { } problem)
        {
            problems.Add(new($"{field}/endpoint", problem));
        }

        var headers = EntryHeaders.Clean(entry.Headers, entry.Byok);
        problems.AddRange(RunRequestRules.Under($"{field}/headers", HeaderRules.Check(headers)));
        if (InputEditor.TryApply(entry.Query, new InputEdit(Stream: null), out var query) is { } malformed)
        {
            problems.Add(new($"{field}/query", malformed));
        }

        return new(entry.Provider, entry.Endpoint, headers, query, entry.Wire);
    }
}
