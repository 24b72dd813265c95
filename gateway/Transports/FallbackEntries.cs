namespace Orchestrator.Gateway;

/// <summary>The entries of a run on the gateway path: its model, then those that the gateway may fall back to.</summary>
internal static class FallbackEntries
{
    internal const string AnthropicVersionHeader = "anthropic-version";
    internal const string AnthropicVersion = "2023-06-01";

    /// <param name="model">The request's.</param>
    /// <param name="request">Checked but for its inputs and its fallbacks.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static IReadOnlyList<PreparedEntry> Prepare(ModelSlug model, RunRequest request, List<ConfigProblem> problems)
    {
        var entries = new List<PreparedEntry>();
        Add(model, request.Inputs, request.Endpoint, EntryHeaders.Clean(request.ExtraHeaders, request.Byok), "");
        for (var i = 0; i < request.Fallbacks.Count; i++)
        {
            var fallback = request.Fallbacks[i];
            var field = $"fallback/models/{i}";
            if (!ModelSlug.TryParse(fallback.Model, out var slug) || !(slug.IsWorkersAi || slug.Info is { OnGatewayPath: true }))
            {
                problems.Add(new(field, slug?.Info is null
                    ? "Give provider/model of a known provider, or @cf/…."
                    : $"fallback.mode: \"server\" needs the gateway path, but {slug.Provider} is served on the run path only: remove it."));
                continue;
            }

            problems.AddRange(RunRequestRules.Under($"{field}/extraHeaders", HeaderRules.Check(fallback.ExtraHeaders)));
            if (fallback.Endpoint is { } endpoint && EndpointPath.Problem(endpoint) is { } problem)
            {
                problems.Add(new($"{field}/endpoint", problem));
            }

            var headers = EntryHeaders.Clean(request.ExtraHeaders, byok: false);
            foreach (var (name, value) in EntryHeaders.Clean(fallback.ExtraHeaders, request.Byok))
            {
                headers[name] = value;
            }

            Add(slug, fallback.Inputs, fallback.Endpoint, headers, field + "/");
        }

        return entries;

        void Add(ModelSlug slug, ReadOnlyMemory<byte> inputs, string? endpoint, Dictionary<string, string> headers, string field)
        {
            if (EntryPlanner.TryPlan(slug, inputs, endpoint, request.Stream, out var plan) is { } unplanned)
            {
                problems.Add(unplanned with { Field = field + unplanned.Field });
                return;
            }

            if (InputEditor.TryApply(inputs, plan!.Edit, out var query) is { } problem)
            {
                problems.Add(new($"{field}input", problem));
            }

            if (plan.Wire == WireFormat.Anthropic)
            {
                headers.TryAdd(AnthropicVersionHeader, AnthropicVersion);
            }

            entries.Add(new(plan.Provider, plan.Endpoint, headers, query, plan.Wire));
        }
    }
}
