using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>
/// Takes the runs whose model is <c>{name}/{model}</c> of a direct upstream, and gives all else to the gateway, if there is one. Replies are
/// the same: streams are never resumable and carry no log id, failures have the same classes.
/// </summary>
public sealed class DirectUpstreams : IAiGateway
{
    private readonly FrozenDictionary<string, DirectTransport> _upstreams;
    private readonly IAiGateway? _gateway;

    /// <param name="http">Not disposed. <see cref="BridgeHttp.CreateHandler"/> makes a handler that suits it.</param>
    /// <param name="upstreams">With different names.</param>
    /// <param name="gateway">For all other models; null refuses them.</param>
    /// <param name="options">Bounds and sources; the defaults where null.</param>
    /// <exception cref="ArgumentException">An upstream can not be used, or two have one name.</exception>
    public DirectUpstreams(
        HttpMessageInvoker http, IReadOnlyList<DirectUpstream> upstreams, IAiGateway? gateway, AiGatewayClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(upstreams);
        var byName = new Dictionary<string, DirectTransport>(StringComparer.OrdinalIgnoreCase);
        foreach (var upstream in upstreams)
        {
            if (upstream.Validate() is { Count: > 0 } problems)
            {
                throw new ArgumentException($"The upstream {upstream.Name}: {GatewayError.Refused(problems).Message}", nameof(upstreams));
            }

            if (!byName.TryAdd(upstream.Name, new DirectTransport(http, upstream, options ?? new AiGatewayClientOptions())))
            {
                throw new ArgumentException($"Two upstreams are named {upstream.Name}.", nameof(upstreams));
            }
        }

        _upstreams = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _gateway = gateway;
        Secrets = [.. upstreams.SelectMany(upstream => upstream.Headers.Values.Append(upstream.ApiKey)).OfType<string>()];
    }

    /// <summary>What the upstreams' requests carry and nobody may read: keys and values of configured headers.</summary>
    public IReadOnlyList<string> Secrets { get; }

    /// <summary>Whose model it is; null where it is the gateway's, or no model's name at all.</summary>
    public DirectUpstream? Find(string model) => Route(model)?.Transport.Upstream;

    /// <summary>The way by the request's options alone, its inputs not looked at; null where it is the gateway's to decide.</summary>
    public TransportDecision? Select(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Route(request.Model) is not { } route)
        {
            return Unknown(request.Model);
        }

        var upstream = route.Transport.Upstream;
        ConfigProblem[] problems = [.. DirectSelection.Check(upstream, request)];
        return problems.Length > 0 ? new TransportRefusal(problems) : DirectSelection.Choice(upstream, request);
    }

    public TransportDecision Decide(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Route(request.Model) is { } route ? Plan(route, request).Decision : Unknown(request.Model) ?? _gateway!.Decide(request);
    }

    public async Task<GatewayReply> RunAsync(RunRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Route(request.Model) is not { } route)
        {
            return Unknown(request.Model) is { } unknown ? Refused(unknown.Problems) : await _gateway!.RunAsync(request, ct).ConfigureAwait(false);
        }

        var (decision, call) = Plan(route, request);
        return call is null
            ? Refused(((TransportRefusal)decision).Problems)
            : await route.Transport.RunAsync(call, ct).ConfigureAwait(false);
    }

    public Task<GatewayReply> SendAsync(UniversalRequest request, CancellationToken ct) =>
        _gateway?.SendAsync(request, ct) ?? Task.FromResult<GatewayReply>(new FailureReply { Error = NoGateway() });

    public Task<GatewayReply> ResumeAsync(ResumeRequest request, CancellationToken ct) =>
        _gateway?.ResumeAsync(request, ct) ?? Task.FromResult<GatewayReply>(new FailureReply { Error = NoGateway() });

    public Task<LogReply> GetLogAsync(string gateway, string logId, CancellationToken ct) =>
        _gateway?.GetLogAsync(gateway, logId, ct) ?? Task.FromResult(new LogReply { Error = NoGateway() });

    public Task<GatewayError?> PatchLogAsync(string gateway, string logId, LogPatch patch, CancellationToken ct) =>
        _gateway?.PatchLogAsync(gateway, logId, patch, ct) ?? Task.FromResult<GatewayError?>(NoGateway());

    public Task<UrlReply> GetUrlAsync(string gateway, string? provider, CancellationToken ct) =>
        _gateway?.GetUrlAsync(gateway, provider, ct) ?? Task.FromResult(new UrlReply { Error = NoGateway() });

    private (DirectTransport Transport, ModelSlug Model)? Route(string model) =>
        ModelSlug.TryParse(model, out var slug) && _upstreams.TryGetValue(slug.Provider, out var transport) ? (transport, slug) : null;

    private static (TransportDecision Decision, DirectCall? Call) Plan((DirectTransport Transport, ModelSlug Model) route, RunRequest request)
    {
        var upstream = route.Transport.Upstream;
        var problems = RunRequestRules.Check(request, out _);
        problems.AddRange(DirectSelection.Check(upstream, request));
        var call = DirectCall.TryCreate(upstream, route.Model.Model, request, problems);
        return call is null ? (new TransportRefusal(problems), null) : (DirectSelection.Choice(upstream, request), call);
    }

    /// <summary>The refusal of a model of nobody's, which is no upstream's; null where the gateway is to decide.</summary>
    private TransportRefusal? Unknown(string model)
    {
        if (_gateway is not null)
        {
            return ModelSlug.TryParse(model, out var slug) ? TransportSelection.Unknown(slug, Names()) : null;
        }

        return new TransportRefusal(
        [
            new ConfigProblem("model", $"No gateway is configured, only these upstreams: {string.Join(", ", Names())}. Use {{upstream}}/{{model}}."),
        ]);
    }

    private string[] Names() => [.. _upstreams.Values.Select(transport => transport.Upstream.Name).Order(StringComparer.Ordinal)];

    private static FailureReply Refused(IReadOnlyList<ConfigProblem> problems) => new() { Error = GatewayError.Refused(problems) };

    private static GatewayError NoGateway() => GatewayError.Refused("No gateway is configured: direct upstreams have no logs, URLs or runs to resume.");
}
