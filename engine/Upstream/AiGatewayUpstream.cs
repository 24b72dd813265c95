using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Upstream;

/// <summary>The AI Gateway, over whichever transports are configured, and direct upstreams beside it.</summary>
/// <param name="client">The way there.</param>
/// <param name="defaultGatewayId">The gateway of runs that name none.</param>
/// <param name="runPathResume">Of the same configuration as the client.</param>
/// <param name="secrets">What the client's requests carry.</param>
/// <param name="direct">The client, where it has direct upstreams; null where it has none.</param>
public sealed class AiGatewayUpstream(
    IAiGateway client, string defaultGatewayId, ResumeSupport runPathResume, IReadOnlyList<string> secrets, DirectUpstreams? direct = null)
    : IGateway, ITransports
{
    public IReadOnlyList<string> Secrets => secrets;

    public TransportDecision Select(RunSpec spec, int leg)
    {
        var model = spec.ModelOf(leg);
        ReadOnlyMemory<byte>[] noInputs = new ReadOnlyMemory<byte>[spec.Fallback?.Models.Count ?? 0];
        if (direct?.Select(Request(spec, model, default, noInputs, SealedHeaders.None)) is { } decision)
        {
            return decision;
        }

        return ModelSlug.TryParse(model, out var slug)
            ? TransportSelection.Select(RunTransports.Question(spec, slug, runPathResume))
            : new TransportRefusal([]);
    }

    public TransportKind TransportOf(RunSpec spec, string model) =>
        direct?.Find(model) is null ? RunTransports.Of(spec, model) : TransportKind.Direct;

    public TransportDecision Decide(RunSpec spec, RunInputs inputs, IReadOnlyDictionary<string, string> extraHeaders, int leg)
    {
        var model = spec.ModelOf(leg);
        return client.Decide(Request(spec, model, inputs.For(model), inputs.OfServerFallbacks(spec), extraHeaders));
    }

    public Task<GatewayReply> DispatchAsync(GatewayDispatch dispatch, CancellationToken cancellationToken) =>
        client.RunAsync(Request(dispatch.Spec, dispatch.Model, dispatch.Input, dispatch.FallbackInputs, dispatch.ExtraHeaders), cancellationToken);

    public Task<GatewayReply> ResumeAsync(
        string? gatewayId, string gatewayRunId, long from, WireFormat wire, CancellationToken cancellationToken) =>
        client.ResumeAsync(new ResumeRequest(gatewayId ?? defaultGatewayId, gatewayRunId, from, wire), cancellationToken);

    public Task<LogReply> GetLogAsync(string? gatewayId, string logId, CancellationToken cancellationToken) =>
        client.GetLogAsync(gatewayId ?? defaultGatewayId, logId, cancellationToken);

    public Task<GatewayError?> PatchLogAsync(string? gatewayId, string logId, LogPatch patch, CancellationToken cancellationToken) =>
        client.PatchLogAsync(gatewayId ?? defaultGatewayId, logId, patch, cancellationToken);

    private RunRequest Request(
        RunSpec spec,
        string model,
        ReadOnlyMemory<byte> input,
        IReadOnlyList<ReadOnlyMemory<byte>> fallbackInputs,
        IReadOnlyDictionary<string, string> extraHeaders) => new()
        {
            Model = model,
            Inputs = input,
            Gateway = Options(spec),
            ExtraHeaders = extraHeaders,
            SessionAffinity = spec.SessionAffinity,
            Transport = TransportNames.Parse(spec.Transport),
            Stream = RunTasks.Streams(spec),
            Endpoint = RunTasks.Endpoint(spec, model),
            Resume = RunTransports.Resume(spec),
            Byok = spec.Byok,
            Fallbacks = spec.HasServerFallback
                ? [.. spec.Fallback!.Models.Zip(fallbackInputs, (fallback, own) => Fallback(spec, fallback, own))]
                : [],
        };

    private static FallbackModel Fallback(RunSpec spec, string model, ReadOnlyMemory<byte> input) =>
        new() { Model = model, Inputs = input, Endpoint = RunTasks.Endpoint(spec, model) };

    private GatewayOptions Options(RunSpec spec) => new()
    {
        Id = spec.Gateway.Id ?? defaultGatewayId,
        SkipCache = spec.Gateway.SkipCache,
        CacheTtl = spec.Gateway.CacheTtl,
        CacheKey = spec.Gateway.CacheKey,
        CollectLog = spec.Gateway.CollectLog,
        Metadata = spec.Gateway.Metadata,
        EventId = spec.Gateway.EventId,
        RequestTimeoutMs = spec.Gateway.RequestTimeoutMs,
        Retries = spec.Gateway.Retries is { } retries
            ? new GatewayRetries
            {
                MaxAttempts = retries.MaxAttempts,
                RetryDelayMs = retries.RetryDelayMs,
                Backoff = (GatewayBackoff?)retries.Backoff,
            }
            : null,
        Zdr = spec.Zdr,
        ByokAlias = spec.ByokAlias,
    };
}
