namespace Orchestrator.Gateway;

/// <summary>Makes of an SDK's request the one that the gateway gets. The SDK's own stays as it is, for it may send it again.</summary>
internal sealed class GatewayRequests
{
    private const string AcceptEncoding = "accept-encoding";
    private const string QueryKey = "key";

    private readonly AiGatewayHandlerOptions _options;
    private readonly HandlerOptionHeaders _headers;
    private readonly OptionHeader? _token;
    private readonly string _gatewayUrl;

    public GatewayRequests(AiGatewayHandlerOptions options)
    {
        _options = options;
        _headers = new HandlerOptionHeaders(options.Gateway, options.SessionAffinity, options.Byok);
        var gateway = Uri.EscapeDataString(_headers.Gateway);
        (_gatewayUrl, _token) = options switch
        {
            { Account: { } account } => (
                $"{Root(account.EndpointUrl)}/{Uri.EscapeDataString(account.AccountId)}/{gateway}",
                Token(OptionHeaders.Authorization, account.ApiToken)),
            _ => ($"{Root(options.Bridge!.Url)}/gateways/{gateway}/run", Token("Authorization", options.Bridge.Secret)),
        };
    }

    public bool ReadBody => _options.EffectiveRoute == HandlerRoute.Universal;

    /// <summary>Where the request goes; null where it passes by the gateway.</summary>
    /// <exception cref="HandlerRefusalException">It can go nowhere.</exception>
    public ProviderRoute? RouteOf(HttpRequestMessage request)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } url)
        {
            throw new HandlerRefusalException("The request has no absolute URL: give the SDK's client a base URL.");
        }

        if (request.Options.TryGetValue(AiGatewayHandler.ProviderKey, out var named) && ProviderRoute.ProblemOf(named) is { } problem)
        {
            throw new HandlerRefusalException(problem);
        }

        if (ProviderRoute.Find(url, named ?? _options.Provider, _options.CustomProviders) is not { } route)
        {
            return _options.UnknownHosts == UnknownHosts.PassThrough ? null : throw new HandlerRefusalException(
                $"No provider is known for {url.Scheme}://{url.Authority}. "
                + "Name it (AiGatewayHandlerOptions.Provider, or AiGatewayHandler.ProviderKey on the request), add it to CustomProviders, "
                + "or let such requests pass by the gateway with UnknownHosts.PassThrough.");
        }

        if (EndpointPath.Climbs(route.Endpoint))
        {
            throw new HandlerRefusalException("The URL's path has segments that are dots: it would leave the provider's part of the gateway.");
        }

        if (ReadBody && (request.Method != HttpMethod.Post || request.Content is null || request.Content.Headers.ContentEncoding.Count > 0))
        {
            throw NoEntry($"this is {request.Method}{(request.Content?.Headers.ContentEncoding.Count > 0 ? " with an encoded body" : "")}");
        }

        return _options.Byok || !route.KeyInQuery ? route : route with { Endpoint = WithoutKey(route.Endpoint) };
    }

    /// <summary>To the provider's own endpoint, with the SDK's own content.</summary>
    public HttpRequestMessage ToProvider(HttpRequestMessage request, ProviderRoute route)
    {
        var message = Message(request, request.Method, $"{_gatewayUrl}/{route.GatewayId}/{route.Endpoint}");
        message.Content = request.Content;
        RequestHeaders.Add(message, Cleaned(request, route));
        RequestHeaders.Add(message, Options(request));
        return message;
    }

    /// <param name="request">The SDK's.</param>
    /// <param name="route">Where it goes.</param>
    /// <param name="body">Its body; not copied.</param>
    /// <exception cref="HandlerRefusalException">The body is no JSON object.</exception>
    public HttpRequestMessage ToUniversal(HttpRequestMessage request, ProviderRoute route, ReadOnlyMemory<byte> body)
    {
        if (InputEditor.TryApply(body, new InputEdit(Stream: null), out var query) is not null)
        {
            throw NoEntry("the body of this one is something else");
        }

        var headers = Cleaned(request, route);
        if (request.Content!.Headers.ContentType is { } type)
        {
            headers["content-type"] = type.ToString();
        }

        // How the answer is packed is agreed on with the gateway, not with the provider behind it.
        headers.Remove(AcceptEncoding, out var packing);
        var entry = new PreparedEntry(route.GatewayId, route.Endpoint, headers, query, WireFormat.Unknown);
        var universal = new PreparedUniversal(_headers.Gateway, Options(request), [entry]);
        var message = Message(request, HttpMethod.Post, _gatewayUrl);
        message.Content = UniversalBody.Create(universal, headersInEntries: _options.Bridge is not null);
        if (packing is not null)
        {
            message.Headers.TryAddWithoutValidation(AcceptEncoding, packing);
        }

        RequestHeaders.Add(message, _options.Bridge is null ? universal.Headers : []);
        return message;
    }

    private HttpRequestMessage Message(HttpRequestMessage request, HttpMethod method, string url)
    {
        var message = new HttpRequestMessage(method, new Uri(url)) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var (name, value) in request.Options)
        {
            ((IDictionary<string, object?>)message.Options)[name] = value;
        }

        if (_token is { } token)
        {
            message.Headers.TryAddWithoutValidation(token.Name, token.Value);
        }

        return message;
    }

    private IReadOnlyList<OptionHeader> Options(HttpRequestMessage request) =>
        _headers.For(request.Options.TryGetValue(AiGatewayHandler.GatewayKey, out var own) ? own : null);

    private Dictionary<string, string> Cleaned(HttpRequestMessage request, ProviderRoute route)
    {
        var all = request.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));
        var headers = EntryHeaders.Clean(all, _options.Byok, route.AuthHeaders);
        headers.Remove(OptionHeaders.GatewayId);
        foreach (var name in request.Headers.Connection)
        {
            headers.Remove(name);
        }

        return headers;
    }

    private static HandlerRefusalException NoEntry(string what) => new(
        $"The universal endpoint takes posts of JSON objects only, and {what}: send such requests over an account with "
        + "HandlerRoute.ProviderEndpoint.");

    private static string WithoutKey(string endpoint)
    {
        var parts = endpoint.Split('?', 2);
        if (parts.Length == 1)
        {
            return endpoint;
        }

        var kept = parts[1].Split('&').Where(part => Uri.UnescapeDataString(part.Split('=', 2)[0]) != QueryKey).ToList();
        return kept.Count == 0 ? parts[0] : $"{parts[0]}?{string.Join('&', kept)}";
    }

    private static OptionHeader? Token(string name, string? token) => token is null ? null : new(name, $"Bearer {token}", "token");

    private static string Root(Uri url) => url.AbsoluteUri.TrimEnd('/');
}
