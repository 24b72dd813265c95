using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Upstream;

/// <summary>
/// The upstream as the engine sees it. What can be expected to go wrong comes back as a <see cref="FailureReply"/>; the only
/// exception is the cancellation that the caller asked for. Disposing a <see cref="StreamReply"/> closes its connection and must
/// never look like a failure of the upstream.
/// </summary>
public interface IGateway
{
    /// <summary>What its own requests carry and nobody may read: tokens and keys. The engine takes them out of the upstream's messages.</summary>
    IReadOnlyList<string> Secrets { get; }

    /// <summary>The way that a dispatch to one of the run's models takes: what is journaled before it is sent.</summary>
    TransportKind TransportOf(RunSpec spec, string model) => RunTransports.Of(spec, model);

    Task<GatewayReply> DispatchAsync(GatewayDispatch dispatch, CancellationToken cancellationToken);

    /// <param name="gatewayId">The gateway the run was dispatched to.</param>
    /// <param name="gatewayRunId">The gateway's run id.</param>
    /// <param name="from">The index of the first event that is wanted, from 0.</param>
    /// <param name="wire">As the dispatch was answered.</param>
    /// <param name="cancellationToken">Ends the request, and the stream.</param>
    Task<GatewayReply> ResumeAsync(string? gatewayId, string gatewayRunId, long from, WireFormat wire, CancellationToken cancellationToken);

    Task<LogReply> GetLogAsync(string? gatewayId, string logId, CancellationToken cancellationToken);

    /// <summary>Null: done.</summary>
    Task<GatewayError?> PatchLogAsync(string? gatewayId, string logId, LogPatch patch, CancellationToken cancellationToken);
}
