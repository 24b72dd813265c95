namespace Orchestrator.Gateway;

/// <summary>What may be asked of a direct upstream. Pure.</summary>
internal static class DirectSelection
{
    /// <summary>What only the gateway can do is refused; what it would only have written down is let go.</summary>
    public static IEnumerable<ConfigProblem> Check(DirectUpstream upstream, RunRequest request)
    {
        return new (bool Asked, string Field, string What)[]
        {
            (request.Transport is not (null or TransportKind.Direct), "transport", "a transport of the gateway"),
            (request.Resume == true, "resume", "resume: true"),
            (request.Fallbacks.Count > 0, "fallback/mode", "fallback.mode: \"server\""),
            (request.Gateway.CacheTtl is not null, "gateway/cacheTtl", "cacheTtl"),
            (request.Gateway.SkipCache == true, "gateway/skipCache", "skipCache"),
            (request.Gateway.CacheKey is not null, "gateway/cacheKey", "cacheKey"),
            (request.Gateway.ByokAlias is not null, "gateway/byokAlias", "byokAlias"),
            (request.Gateway.Zdr == true, "zdr", "zdr"),
        }
            .Where(rule => rule.Asked)
            .Select(rule => new ConfigProblem(
                rule.Field,
                $"{rule.What} needs the gateway, and {upstream.Name} is asked without it: remove it, or choose a model of the gateway."));
    }

    public static TransportChoice Choice(DirectUpstream upstream, RunRequest request)
    {
        var warnings = new List<string>();
        if (request.Resume != false)
        {
            warnings.Add(
                $"{upstream.Name} is asked without the gateway. If the connection breaks, the answer can not be resumed, only retried, "
                + "continued or accepted as partial.");
        }

        if (request.Gateway.Retries is not null || request.Gateway.RequestTimeoutMs is not null)
        {
            warnings.Add($"{upstream.Name} is asked without the gateway: its retries and its request timeout do not apply.");
        }

        return new(TransportKind.Direct, Resume: false, warnings);
    }
}
