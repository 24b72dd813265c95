namespace Orchestrator.Gateway;

/// <summary>
/// Sends the HTTP traffic of any provider's SDK through the gateway: finds the provider by the URL, sends the request to the gateway
/// instead, takes the SDK's key off it unless it is to be used, and puts the gateway's options on. Answers come back untouched and as
/// they come in, streams and errors too; nothing is retried here. Thread-safe.
/// </summary>
/// <remarks>
/// Put it into the <see cref="HttpClient"/> that the SDK takes. The handler inside it must not follow redirects, for the gateway's token
/// would go along: <see cref="BridgeHttp.CreateHandler"/> makes one.
/// </remarks>
public sealed class AiGatewayHandler : DelegatingHandler
{
    /// <summary>Names the provider of one request; see <see cref="AiGatewayHandlerOptions.Provider"/>.</summary>
    public static readonly HttpRequestOptionsKey<string> ProviderKey = new("Orchestrator.Gateway.Provider");

    /// <summary>
    /// What one request asks of the gateway, over <see cref="AiGatewayHandlerOptions.Gateway"/>. Metadata is merged, name by name. Its
    /// <see cref="GatewayOptions.Id"/> is not used.
    /// </summary>
    public static readonly HttpRequestOptionsKey<GatewayOptions> GatewayKey = new("Orchestrator.Gateway.Options");

    private readonly GatewayRequests _requests;
    private readonly Action<GatewayAnswer>? _onAnswer;

    /// <summary>For <c>IHttpClientFactory</c>, which sets the inner handler.</summary>
    /// <exception cref="ArgumentException">The options can not be used.</exception>
    public AiGatewayHandler(AiGatewayHandlerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        _requests = new GatewayRequests(options);
        _onAnswer = options.OnAnswer;
    }

    /// <inheritdoc cref="AiGatewayHandler(AiGatewayHandlerOptions)"/>
    /// <param name="inner">Disposed with this handler.</param>
    public AiGatewayHandler(AiGatewayHandlerOptions options, HttpMessageHandler inner)
        : this(options) => InnerHandler = inner;

    /// <summary>What the gateway told with an answer: log id, cache status, step.</summary>
    public static ReplyHeaders HeadersOf(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return ReplyHeaderReader.Read(response);
    }

    /// <exception cref="HandlerRefusalException">The request can not go through the gateway.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_requests.RouteOf(request) is not { } route)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        // Not disposed: on the way to a provider the content is the SDK's.
        var message = _requests.ReadBody
            ? _requests.ToUniversal(request, route, await request.Content!.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false))
            : _requests.ToProvider(request, route);
        return Tell(request, route, await base.SendAsync(message, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc cref="SendAsync"/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_requests.RouteOf(request) is not { } route)
        {
            return base.Send(request, cancellationToken);
        }

        var message = _requests.ReadBody
            ? _requests.ToUniversal(request, route, Read(request.Content!, cancellationToken))
            : _requests.ToProvider(request, route);
        return Tell(request, route, base.Send(message, cancellationToken));
    }

    private HttpResponseMessage Tell(HttpRequestMessage request, ProviderRoute route, HttpResponseMessage response)
    {
        // Callers look there for what they asked.
        response.RequestMessage = request;
        try
        {
            _onAnswer?.Invoke(new GatewayAnswer(request, route.GatewayId, ReplyHeaderReader.Read(response)));
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static ReadOnlyMemory<byte> Read(HttpContent content, CancellationToken ct)
    {
        using var body = new MemoryStream();
        content.CopyTo(body, context: null, ct);
        return body.ToArray();
    }
}
