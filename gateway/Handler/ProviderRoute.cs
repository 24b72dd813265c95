namespace Orchestrator.Gateway;

/// <summary>Where a request of an SDK goes on the gateway path.</summary>
/// <param name="GatewayId">The provider's name there.</param>
/// <param name="Endpoint">What follows it, query included.</param>
/// <param name="AuthHeaders">Headers that carry its key, besides those of the registry.</param>
internal sealed record ProviderRoute(string GatewayId, string Endpoint, IReadOnlyList<string> AuthHeaders)
{
    private const string Compat = "compat";

    /// <summary>Google takes its key in the query as well.</summary>
    public bool KeyInQuery => GatewayId.StartsWith("google-", StringComparison.Ordinal);

    /// <returns>Null where the URL is nobody's and no name was given.</returns>
    /// <param name="url">Absolute.</param>
    /// <param name="named">A name that <see cref="ProblemOf"/> has nothing against, or null.</param>
    /// <param name="custom">The account's own providers.</param>
    public static ProviderRoute? Find(Uri url, string? named, IReadOnlyList<CustomProvider> custom)
    {
        if (named is not null)
        {
            return Named(url, named, custom);
        }

        var own = custom
            .Select(provider => (Provider: provider, Endpoint: provider.Match(url)))
            .Where(match => match.Endpoint is not null)
            .OrderBy(match => match.Endpoint!.Length)
            .FirstOrDefault();
        return own.Endpoint is not null
            ? new(own.Provider.Slug, own.Endpoint, own.Provider.AuthHeaders)
            : ProviderRegistry.FindByUrl(url) is { } match ? new(match.Provider.GatewayId, match.Endpoint, match.Provider.AuthHeaders) : null;
    }

    /// <summary>What is wrong with a name, and what to do.</summary>
    public static string? ProblemOf(string name) => (Registered(name), CustomProvider.IsSlug(name)) switch
    {
        ({ OnGatewayPath: false } provider, _) =>
            $"{provider.Slug} is served on the run path only, not on the gateway path: use IAiGateway.RunAsync for it.",
        (null, false) when name is not (ModelSlug.WorkersAi or Compat) => "The provider is not known: give a slug of ProviderRegistry, workers-ai, compat, or custom-… for a custom provider of the account.",
        _ => null,
    };

    /// <summary>A URL under the provider's own base loses the base; of any other, the host goes and the path stays.</summary>
    private static ProviderRoute Named(Uri url, string name, IReadOnlyList<CustomProvider> custom)
    {
        var path = url.PathAndQuery.TrimStart('/');
        if (Registered(name) is { } provider)
        {
            var match = ProviderRegistry.FindByUrl(url);
            return new(provider.GatewayId, match?.Provider == provider ? match.Endpoint : path, provider.AuthHeaders);
        }

        if (name == Compat && path.StartsWith("v1/", StringComparison.Ordinal))
        {
            // The gateway's own API has no version in its path; an OpenAI SDK puts one there.
            return new(name, path["v1/".Length..], []);
        }

        var own = custom.FirstOrDefault(candidate => candidate.Slug == name);
        return new(name, own?.Match(url) ?? path, own?.AuthHeaders ?? []);
    }

    private static ProviderInfo? Registered(string name) =>
        ProviderRegistry.Find(name)
        ?? ProviderRegistry.All.FirstOrDefault(provider => provider.GatewayId.Equals(name, StringComparison.OrdinalIgnoreCase));
}
