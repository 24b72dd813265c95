namespace Orchestrator.Gateway;

/// <inheritdoc cref="IAiGateway"/>
public sealed class AiGateway : IAiGateway
{
    private readonly AiGatewayOptions _options;
    private readonly DispatchPlanner _planner;
    private readonly AiGatewayClient? _bridge;
    private readonly RestTransport? _rest;
    private readonly EndpointTransport? _endpoints;
    private readonly HttpChannel? _resume;

    /// <param name="http">Not disposed. <see cref="BridgeHttp.CreateHandler"/> makes a handler that suits it.</param>
    /// <param name="options">Where the gateway is.</param>
    /// <exception cref="ArgumentException">A URL, an id or a token can not be used, or there is no way to the gateway at all.</exception>
    public AiGateway(HttpMessageInvoker http, AiGatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        _options = options;
        _bridge = options.Bridge is { } bridge ? new AiGatewayClient(http, bridge, options.Client) : null;
        if (options.Account is { } account)
        {
            _rest = new RestTransport(http, account, options.Client, canResume: options.ResumeUrl is not null);
            _endpoints = new EndpointTransport(http, account, options.Client);
        }

        _resume = options.ResumeUrl is { } url
            ? new HttpChannel(http, url, "Authorization", options.Account?.ApiToken, options.Client)
            : null;
        _planner = new DispatchPlanner(options.RunPathResume, options.Defaults, overRest: _bridge is null);
    }

    public TransportDecision Decide(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _planner.Plan(request).Decision;
    }

    public async Task<GatewayReply> RunAsync(RunRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _planner.Plan(request) switch
        {
            { Decision: TransportRefusal refusal } => new FailureReply { Error = GatewayError.Refused(refusal.Problems) },
            { Universal: { } universal } => await SendAsync(universal, ct).ConfigureAwait(false),
            { Rest: { } call } => await _rest!.RunAsync(call, ct).ConfigureAwait(false),
            var plan => await _bridge!.SendAsync(plan.Bridge!, ct).ConfigureAwait(false),
        };
    }

    public async Task<GatewayReply> SendAsync(UniversalRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var prepared = UniversalPreparation.Prepare(request, _options.Defaults, out var problems);
        return prepared is null
            ? new FailureReply { Error = GatewayError.Refused(problems) }
            : await SendAsync(prepared, ct).ConfigureAwait(false);
    }

    public async Task<GatewayReply> ResumeAsync(ResumeRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_bridge is not null)
        {
            return await _bridge.ResumeAsync(request, ct).ConfigureAwait(false);
        }

        return _resume is null
            ? new FailureReply { Error = GatewayError.Refused("There is no bridge and no resume URL: a run can not be resumed.") }
            : await ResumeCall.SendAsync(
                _resume, new ReplyReader(_resume, _options.Client), request, new SecretScrubber([_options.Account?.ApiToken]), ct)
                .ConfigureAwait(false);
    }

    public async Task<LogReply> GetLogAsync(string gateway, string logId, CancellationToken ct)
    {
        if (_bridge is not null)
        {
            return await _bridge.GetLogAsync(gateway, logId, ct).ConfigureAwait(false);
        }

        return (PathSegment.Problem(gateway) ?? PathSegment.Problem(logId)) is { } problem
            ? new LogReply { Error = GatewayError.Refused(problem) }
            : await _rest!.GetLogAsync(gateway, logId, ct).ConfigureAwait(false);
    }

    public async Task<GatewayError?> PatchLogAsync(string gateway, string logId, LogPatch patch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(patch);
        if (_bridge is not null)
        {
            return await _bridge.PatchLogAsync(gateway, logId, patch, ct).ConfigureAwait(false);
        }

        if ((PathSegment.Problem(gateway) ?? PathSegment.Problem(logId) ?? LogPatchBody.Problem(patch)) is { } problem)
        {
            return GatewayError.Refused(problem);
        }

        return (await _rest!.PatchLogAsync(gateway, logId, patch, ct).ConfigureAwait(false)).Error;
    }

    public async Task<UrlReply> GetUrlAsync(string gateway, string? provider, CancellationToken ct)
    {
        if (_bridge is not null)
        {
            return await _bridge.GetUrlAsync(gateway, provider, ct).ConfigureAwait(false);
        }

        return PathSegment.Problem(gateway) is { } problem
            ? new UrlReply { Error = GatewayError.Refused(problem) }
            : new UrlReply { Url = _endpoints!.Url(gateway, provider) };
    }

    private Task<GatewayReply> SendAsync(PreparedUniversal request, CancellationToken ct) =>
        _bridge is not null ? _bridge.SendAsync(request, ct) : _endpoints!.SendAsync(request, ct);
}
