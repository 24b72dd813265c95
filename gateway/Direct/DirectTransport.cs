namespace Orchestrator.Gateway;

/// <summary>One direct upstream.</summary>
internal sealed class DirectTransport
{
    private readonly HttpChannel _channel;
    private readonly ReplyReader _replies;

    public DirectTransport(HttpMessageInvoker http, DirectUpstream upstream, AiGatewayClientOptions options)
    {
        Upstream = upstream;
        _channel = new HttpChannel(http, Root(upstream), "authorization", token: null, options, upstream.Name);
        _replies = new ReplyReader(_channel, options);
    }

    public DirectUpstream Upstream { get; }

    public async Task<GatewayReply> RunAsync(DirectCall call, CancellationToken ct)
    {
        using var message = _channel.Request(HttpMethod.Post, call.Path);
        message.Content = new PartsContent(call.Body);
        RequestHeaders.Add(message, call.Headers);
        var context = new ReplyContext
        {
            Transport = TransportKind.Direct,
            Wire = _ => call.Wire,
            Scrubber = new SecretScrubber([Upstream.ApiKey, .. call.Headers.Where(IsSecret).Select(header => header.Value)]),
        };
        return await _replies.SendAsync(message, context, resume: false, ct).ConfigureAwait(false);
    }

    /// <summary>The version is public, and four digits of a date are in many a message.</summary>
    private static bool IsSecret(KeyValuePair<string, string> header) =>
        !header.Key.Equals(FallbackEntries.AnthropicVersionHeader, StringComparison.OrdinalIgnoreCase);

    private static Uri Root(DirectUpstream upstream)
    {
        const string Version = "/v1";
        var url = upstream.BaseUrl.AbsoluteUri.TrimEnd('/');
        return upstream.Wire == WireFormat.Anthropic && url.EndsWith(Version, StringComparison.Ordinal)
            ? new Uri(url[..^Version.Length])
            : upstream.BaseUrl;
    }
}
