namespace Orchestrator.Gateway;

/// <summary>
/// The run path of the AI Gateway over the bridge, the only way from outside a Worker to runs that can be resumed;
/// <see cref="AiGateway"/> has the other ways too. Thread-safe. What can be expected to fail comes back as a value; only cancellation of
/// the caller's token is thrown.
/// </summary>
public sealed class AiGatewayClient
{
    private readonly HttpChannel _channel;
    private readonly ReplyReader _replies;
    private readonly string? _secret;
    private readonly SecretScrubber _secretScrubber;

    /// <param name="http">Not disposed. <see cref="BridgeHttp.CreateHandler"/> makes a handler that suits it.</param>
    /// <exception cref="ArgumentException">The bridge's URL or secret can not be used.</exception>
    public AiGatewayClient(HttpMessageInvoker http, BridgeOptions bridge)
        : this(http, bridge, new AiGatewayClientOptions())
    {
    }

    /// <inheritdoc cref="AiGatewayClient(HttpMessageInvoker, BridgeOptions)"/>
    public AiGatewayClient(HttpMessageInvoker http, BridgeOptions bridge, AiGatewayClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(bridge);
        ArgumentNullException.ThrowIfNull(options);
        bridge.Validate(nameof(bridge));
        _channel = new HttpChannel(http, bridge.Url, "Authorization", bridge.Secret, options);
        _replies = new ReplyReader(_channel, options);
        _secret = bridge.Secret;
        _secretScrubber = new SecretScrubber([bridge.Secret]);
    }

    /// <summary>
    /// Dispatches a run on the run path. Completes with the reply's headers: events are still to come then. A document is read whole. A
    /// request that asks for the gateway path is refused (<see cref="ErrorCodes.Config"/>).
    /// </summary>
    public async Task<GatewayReply> RunAsync(RunRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return BridgeCall.TryCreate(request, out var problems) is { } call
            ? await SendAsync(call, ct).ConfigureAwait(false)
            : new FailureReply { Error = GatewayError.Refused(problems) };
    }

    /// <summary>Re-attaches to a run: whole events from an index on, then the live ones. The run goes on whether it is read or not.</summary>
    public async Task<GatewayReply> ResumeAsync(ResumeRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await ResumeCall.SendAsync(_channel, _replies, request, _secretScrubber, ct).ConfigureAwait(false);
    }

    internal async Task<GatewayReply> SendAsync(BridgeCall call, CancellationToken ct)
    {
        using var message = _channel.Request(HttpMethod.Post, call.Path);
        message.Content = call.Content();
        var context = new ReplyContext
        {
            Transport = TransportKind.Run,
            Wire = _ => call.Model.IsAiSearch ? WireFormat.Document : call.Model.RunWire,
            CanResume = true,
            Scrubber = new SecretScrubber([_secret, call.Request.SessionAffinity, .. call.Request.ExtraHeaders.Values]),
        };
        return await _replies.SendAsync(message, context, resume: false, ct).ConfigureAwait(false);
    }

    /// <summary>The universal endpoint over the bridge.</summary>
    internal async Task<GatewayReply> SendAsync(PreparedUniversal request, CancellationToken ct)
    {
        using var message = _channel.Request(HttpMethod.Post, $"/gateways/{Escape(request.Gateway)}/run");
        message.Content = UniversalBody.Create(request, headersInEntries: true);
        var context = new ReplyContext
        {
            Transport = TransportKind.Gateway,
            Wire = request.WireOf,
            CanResume = true,
            Enveloped = true,
            Scrubber = request.Scrubber(_secret),
        };
        return await _replies.SendAsync(message, context, resume: false, ct).ConfigureAwait(false);
    }

    /// <summary>The gateway's log of a request. It may take a moment to appear.</summary>
    public async Task<LogReply> GetLogAsync(string gateway, string logId, CancellationToken ct)
    {
        if ((PathSegment.Problem(gateway) ?? PathSegment.Problem(logId)) is { } problem)
        {
            return new LogReply { Error = GatewayError.Refused(problem) };
        }

        using var message = _channel.Request(HttpMethod.Get, LogPath(gateway, logId));
        var (body, error) = await SendForBodyAsync(message, ct).ConfigureAwait(false);
        return new LogReply { Body = body, Error = error };
    }

    /// <summary>Adds feedback to a log.</summary>
    /// <returns>Null when it is done.</returns>
    public async Task<GatewayError?> PatchLogAsync(string gateway, string logId, LogPatch patch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(patch);
        if ((PathSegment.Problem(gateway) ?? PathSegment.Problem(logId) ?? LogPatchBody.Problem(patch)) is { } problem)
        {
            return GatewayError.Refused(problem);
        }

        using var message = _channel.Request(HttpMethod.Patch, LogPath(gateway, logId));
        message.Content = LogPatchBody.Create(patch);
        var (_, error) = await SendForBodyAsync(message, ct).ConfigureAwait(false);
        return error;
    }

    /// <summary>The base URL of a gateway, or of a provider behind it.</summary>
    public async Task<UrlReply> GetUrlAsync(string gateway, string? provider, CancellationToken ct)
    {
        if (PathSegment.Problem(gateway) is { } problem)
        {
            return new UrlReply { Error = GatewayError.Refused(problem) };
        }

        var query = provider is null ? "" : $"?provider={Escape(provider)}";
        using var message = _channel.Request(HttpMethod.Get, $"/gateways/{Escape(gateway)}/url{query}");
        var (body, error) = await SendForBodyAsync(message, ct).ConfigureAwait(false);
        return error is not null ? new UrlReply { Error = error } : UrlBody.Read(body);
    }

    private async Task<(ReadOnlyMemory<byte> Body, GatewayError? Error)> SendForBodyAsync(HttpRequestMessage message, CancellationToken ct)
    {
        var (response, failure) = await _channel.SendAsync(message, _secretScrubber, resume: false, ct).ConfigureAwait(false);
        using (response)
        {
            return response is null
                ? (default, failure!.Error)
                : await _channel.ReadDocumentAsync(response, _secretScrubber, ct).ConfigureAwait(false);
        }
    }

    private static string LogPath(string gateway, string logId) => $"/gateways/{Escape(gateway)}/logs/{Escape(logId)}";

    private static string Escape(string segment) => Uri.EscapeDataString(segment);
}
