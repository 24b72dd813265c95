namespace Orchestrator.Gateway;

/// <summary>How <see cref="AiGatewayHandler"/> sends an SDK's requests. Either <see cref="Account"/> or <see cref="Bridge"/>.</summary>
public sealed record AiGatewayHandlerOptions
{
    /// <summary>The gateway endpoints of an account.</summary>
    public AccountOptions? Account { get; init; }

    /// <summary>The bridge, which has the universal endpoint only.</summary>
    public BridgeOptions? Bridge { get; init; }

    /// <summary>Default: the provider's own endpoint over an account, the universal endpoint over a bridge.</summary>
    public HandlerRoute? Route { get; init; }

    /// <summary>
    /// Which gateway, and what every request asks of it. <see cref="AiGatewayHandler.GatewayKey"/> adds to it for one request, and a
    /// <c>cf-aig-…</c> header that the request itself carries wins over both.
    /// </summary>
    public GatewayOptions Gateway { get; init; } = new();

    /// <inheritdoc cref="RunRequest.SessionAffinity"/>
    public string? SessionAffinity { get; init; }

    /// <summary>
    /// The provider of every request, whatever its URL: a slug, an alias, a gateway id, <c>custom-…</c>, <c>workers-ai</c>, or
    /// <c>compat</c> for the gateway's own OpenAI API. For providers without a base URL of their own (baseten, parallel) and for those
    /// behind an address of your own. Null: found by the URL. Either way
    /// <see cref="AiGatewayHandler.ProviderKey"/> wins for one request.
    /// </summary>
    public string? Provider { get; init; }

    /// <summary>Providers of the account besides the known ones, found by their base URLs; the longest that fits wins.</summary>
    public IReadOnlyList<CustomProvider> CustomProviders { get; init; } = [];

    /// <summary>
    /// Whether the SDK's own key goes on to the provider. Without, it is taken off, so that the key stored at the gateway or unified
    /// billing applies; SDKs that insist on a key get any text for one then.
    /// </summary>
    public bool Byok { get; init; }

    /// <summary>Default: <see cref="Orchestrator.Gateway.UnknownHosts.Refuse"/>.</summary>
    public UnknownHosts UnknownHosts { get; init; } = UnknownHosts.Refuse;

    /// <summary>
    /// Told each answer of the gateway before the SDK gets it, at the headers: of a stream no event is read. Called on whatever thread the
    /// answer came on, by several requests at once. What it throws, the SDK gets.
    /// </summary>
    public Action<GatewayAnswer>? OnAnswer { get; init; }

    internal HandlerRoute EffectiveRoute => Route ?? (Bridge is null ? HandlerRoute.ProviderEndpoint : HandlerRoute.Universal);

    internal void Validate(string parameter)
    {
        if ((Bridge is null) == (Account is null))
        {
            throw new ArgumentException("Give either a bridge or an account.", parameter);
        }

        Bridge?.Validate(parameter);
        Account?.Validate(parameter);
        if (Bridge is not null && EffectiveRoute == HandlerRoute.ProviderEndpoint)
        {
            throw new ArgumentException("A bridge has no provider endpoints: leave Route unset, or give an account instead.", parameter);
        }

        if (SessionAffinity is { } affinity && (affinity.Length == 0 || !HeaderRules.IsValue(affinity)))
        {
            throw new ArgumentException("The session affinity is not printable ASCII: it travels in a header.", parameter);
        }

        foreach (var provider in CustomProviders)
        {
            provider.Validate(parameter);
        }

        if ((Provider is { } named ? ProviderRoute.ProblemOf(named) : null) is { } problem)
        {
            throw new ArgumentException(problem, parameter);
        }

        if (HandlerOptionHeaders.Problem(Gateway, Byok) is { } refused)
        {
            throw new ArgumentException(refused, parameter);
        }
    }
}
