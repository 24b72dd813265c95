namespace Orchestrator.Gateway;

/// <summary>A custom provider of the account: one that the gateway knows by a base URL that was given to it.</summary>
public sealed record CustomProvider
{
    internal const string Prefix = "custom-";

    /// <summary>Its name on the gateway path: <c>custom-</c> and the slug that it has in the account.</summary>
    public required string Slug { get; init; }

    /// <summary>
    /// What requests to it start with, the same as at the gateway: absolute, http or https, a path is kept. What follows it goes on the
    /// gateway path.
    /// </summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The request headers that carry its key, besides those that are known of every provider.</summary>
    public IReadOnlyList<string> AuthHeaders { get; init; } = [];

    /// <summary>What follows the base URL, query included; null where the URL is not under it.</summary>
    internal string? Match(Uri url)
    {
        var path = BaseUrl.AbsolutePath.TrimEnd('/');
        var isUnder = url.Scheme == BaseUrl.Scheme
            && url.IdnHost == BaseUrl.IdnHost
            && url.Port == BaseUrl.Port
            && url.UserInfo.Length == 0
            && url.AbsolutePath.StartsWith(path, StringComparison.Ordinal)
            && url.AbsolutePath.AsSpan(path.Length) is [] or ['/', ..];
        return isUnder ? url.PathAndQuery[path.Length..].TrimStart('/') : null;
    }

    internal void Validate(string parameter)
    {
        if (!IsSlug(Slug))
        {
            throw new ArgumentException("A custom provider's slug is custom- and the name that it has in the account.", parameter);
        }

        Orchestrator.Gateway.BaseUrl.Validate(BaseUrl, $"{Slug} base", parameter);
    }

    internal static bool IsSlug(string name) =>
        name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.Ordinal) && EndpointPath.IsName(name);
}
