namespace Orchestrator.Gateway;

/// <summary>A Cloudflare account, for the REST API and the gateway endpoints. Neither needs a Worker; neither can resume today.</summary>
public sealed record AccountOptions
{
    /// <summary>Cloudflare's REST API.</summary>
    public static readonly Uri CloudflareApi = new("https://api.cloudflare.com/client/v4");

    /// <summary>Cloudflare's gateway endpoints.</summary>
    public static readonly Uri CloudflareEndpoints = new("https://gateway.ai.cloudflare.com/v1");

    /// <summary>The account's id, a segment of every URL.</summary>
    public required string AccountId { get; init; }

    /// <summary>
    /// Sent as <c>Authorization: Bearer</c> to the REST API and as <c>cf-aig-authorization: Bearer</c> to the gateway endpoints; null
    /// sends none, which open proxies and gateways without authentication take.
    /// </summary>
    public string? ApiToken { get; init; }

    /// <summary>The REST API's base URL, up to <c>/accounts/…</c>. Default <see cref="CloudflareApi"/>.</summary>
    public Uri ApiUrl { get; init; } = CloudflareApi;

    /// <summary>The gateway endpoints' base URL, up to <c>/{account}/{gateway}</c>. Default <see cref="CloudflareEndpoints"/>.</summary>
    public Uri EndpointUrl { get; init; } = CloudflareEndpoints;

    /// <summary>Without its token, which a record would print.</summary>
    public override string ToString() => $"{AccountId} ({ApiUrl}, {EndpointUrl})";

    internal void Validate(string parameter)
    {
        if (PathSegment.Problem(AccountId) is { } problem)
        {
            throw new ArgumentException($"The account id can not be used. {problem}", parameter);
        }

        BaseUrl.ValidateToken(ApiToken, "API token", parameter);
        BaseUrl.Validate(ApiUrl, "REST API's", parameter);
        BaseUrl.Validate(EndpointUrl, "gateway endpoints'", parameter);
    }
}
