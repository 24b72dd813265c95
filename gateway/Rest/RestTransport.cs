namespace Orchestrator.Gateway;

/// <summary>The REST API of an account: runs, and logs.</summary>
internal sealed class RestTransport
{
    private readonly HttpChannel _channel;
    private readonly ReplyReader _replies;
    private readonly string? _token;
    private readonly string _account;
    private readonly bool _canResume;

    public RestTransport(HttpMessageInvoker http, AccountOptions account, AiGatewayClientOptions options, bool canResume)
    {
        _channel = new HttpChannel(http, account.ApiUrl, "Authorization", account.ApiToken, options);
        _replies = new ReplyReader(_channel, options);
        _token = account.ApiToken;
        _account = $"/accounts/{Uri.EscapeDataString(account.AccountId)}";
        _canResume = canResume;
    }

    public async Task<GatewayReply> RunAsync(RestCall call, CancellationToken ct)
    {
        var request = call.Request;
        using var message = _channel.Request(HttpMethod.Post, _account + call.Path);
        message.Content = new PartsContent(call.Body, call.ContentType);
        RequestHeaders.Add(message, [new OptionHeader(OptionHeaders.GatewayId, request.Gateway.Id, "id")]);
        RequestHeaders.Add(message, EntryHeaders.Clean(request.ExtraHeaders, byok: false));
        RequestHeaders.Add(message, OptionHeaders.Of(request.Gateway, request.SessionAffinity));
        var context = new ReplyContext
        {
            Transport = TransportKind.Run,
            Wire = _ => call.Wire,
            CanResume = _canResume,
            Enveloped = true,
            Scrubber = new SecretScrubber([_token, request.SessionAffinity, .. request.ExtraHeaders.Values]),
        };
        return await _replies.SendAsync(message, context, resume: false, ct).ConfigureAwait(false);
    }

    /// <returns>The log as the gateway has it, out of its envelope.</returns>
    public Task<LogReply> GetLogAsync(string gateway, string logId, CancellationToken ct) =>
        SendLogAsync(HttpMethod.Get, gateway, logId, content: null, ct);

    public Task<LogReply> PatchLogAsync(string gateway, string logId, LogPatch patch, CancellationToken ct) =>
        SendLogAsync(HttpMethod.Patch, gateway, logId, LogPatchBody.Create(patch), ct);

    private async Task<LogReply> SendLogAsync(HttpMethod method, string gateway, string logId, HttpContent? content, CancellationToken ct)
    {
        var path = $"{_account}/ai-gateway/gateways/{Uri.EscapeDataString(gateway)}/logs/{Uri.EscapeDataString(logId)}";
        var scrubber = new SecretScrubber([_token]);
        using var message = _channel.Request(method, path);
        message.Content = content;
        var (response, failure) = await _channel.SendAsync(message, scrubber, resume: false, ct).ConfigureAwait(false);
        using (response)
        {
            if (response is null)
            {
                return new LogReply { Error = failure!.Error };
            }

            var (body, error) = await _channel.ReadDocumentAsync(response, scrubber, ct).ConfigureAwait(false);
            (body, error) = error is null ? Envelope.Unwrap(body, scrubber) : (body, error);
            return new LogReply { Body = body, Error = error };
        }
    }
}
