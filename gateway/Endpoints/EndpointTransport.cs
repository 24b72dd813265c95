namespace Orchestrator.Gateway;

/// <summary>The gateway endpoints of an account: a provider's own path for one entry, the universal endpoint for more.</summary>
internal sealed class EndpointTransport
{
    private readonly HttpChannel _channel;
    private readonly ReplyReader _replies;
    private readonly AccountOptions _account;

    public EndpointTransport(HttpMessageInvoker http, AccountOptions account, AiGatewayClientOptions options)
    {
        _account = account;
        _channel = new HttpChannel(http, account.EndpointUrl, OptionHeaders.Authorization, account.ApiToken, options);
        _replies = new ReplyReader(_channel, options);
    }

    public async Task<GatewayReply> SendAsync(PreparedUniversal request, CancellationToken ct)
    {
        using var message = request.Entries.Count == 1 ? Direct(request, request.Entries[0]) : Universal(request);
        var context = new ReplyContext
        {
            Transport = TransportKind.Gateway,
            Wire = request.WireOf,
            Enveloped = true,
            Scrubber = request.Scrubber(_account.ApiToken),
        };
        return await _replies.SendAsync(message, context, resume: false, ct).ConfigureAwait(false);
    }

    /// <summary>The base URL of a gateway, or of a provider behind it.</summary>
    public string Url(string gateway, string? provider) =>
        $"{_account.EndpointUrl.AbsoluteUri.TrimEnd('/')}{Path(gateway)}/{(provider is null ? "" : Uri.EscapeDataString(provider))}";

    private HttpRequestMessage Direct(PreparedUniversal request, PreparedEntry entry)
    {
        var message = _channel.Request(HttpMethod.Post, $"{Path(request.Gateway)}/{entry.Provider}/{entry.Endpoint}");
        message.Content = new PartsContent(entry.Query);
        RequestHeaders.Add(message, request.HeadersOf(entry));
        return message;
    }

    private HttpRequestMessage Universal(PreparedUniversal request)
    {
        var message = _channel.Request(HttpMethod.Post, Path(request.Gateway));
        message.Content = UniversalBody.Create(request, headersInEntries: false);
        RequestHeaders.Add(message, request.Headers);
        return message;
    }

    private string Path(string gateway) => $"/{Uri.EscapeDataString(_account.AccountId)}/{Uri.EscapeDataString(gateway)}";
}
