using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Upstream;

/// <summary>The AI Gateway over the bridge.</summary>
/// <param name="secrets">What the client's requests carry.</param>
public sealed class BridgeGateway(AiGatewayClient client, string defaultGatewayId, IReadOnlyList<string> secrets) : IGateway
{
    public IReadOnlyList<string> Secrets => secrets;

    public Task<GatewayReply> DispatchAsync(GatewayDispatch dispatch, CancellationToken cancellationToken) =>
        client.RunAsync(
            new RunRequest
            {
                Model = dispatch.Model,
                Inputs = dispatch.Input,
                Gateway = Options(dispatch.Spec),
                ExtraHeaders = dispatch.ExtraHeaders,
                SessionAffinity = dispatch.Spec.SessionAffinity,
            },
            cancellationToken);

    public Task<GatewayReply> ResumeAsync(
        string? gatewayId, string gatewayRunId, long from, WireFormat wire, CancellationToken cancellationToken) =>
        client.ResumeAsync(new ResumeRequest(gatewayId ?? defaultGatewayId, gatewayRunId, from, wire), cancellationToken);

    public Task<LogReply> GetLogAsync(string? gatewayId, string logId, CancellationToken cancellationToken) =>
        client.GetLogAsync(gatewayId ?? defaultGatewayId, logId, cancellationToken);

    public Task<GatewayError?> PatchLogAsync(string? gatewayId, string logId, LogPatch patch, CancellationToken cancellationToken) =>
        client.PatchLogAsync(gatewayId ?? defaultGatewayId, logId, patch, cancellationToken);

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
    };
}
