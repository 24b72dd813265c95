namespace Orchestrator.Gateway;

/// <summary>
/// The AI Gateway, over whichever transports are configured. Thread-safe. What can be expected to fail comes back as a value with a
/// <see cref="GatewayError"/>; only cancellation of the caller's token is thrown. Nothing is retried here.
/// </summary>
public interface IAiGateway
{
    /// <summary>
    /// The way that a request takes, with what the caller should know about it, or everything that is wrong with the request. Pure: to be
    /// asked before a run is accepted. <see cref="RunAsync"/> decides the same again.
    /// </summary>
    TransportDecision Decide(RunRequest request);

    /// <summary>
    /// Dispatches a run. Completes with the reply's headers: events are still to come then. A document is read whole. A request that
    /// <see cref="Decide"/> refuses fails with <see cref="ErrorCodes.Config"/>, and nothing is sent.
    /// </summary>
    Task<GatewayReply> RunAsync(RunRequest request, CancellationToken ct);

    /// <summary>
    /// Entries in the providers' own shapes on the gateway path. One entry goes to the provider's own endpoint where there is one,
    /// more go to the universal endpoint; <see cref="ReplyHeaders.Step"/> says which one answered.
    /// </summary>
    Task<GatewayReply> SendAsync(UniversalRequest request, CancellationToken ct);

    /// <summary>
    /// Re-attaches to a run: whole events from an index on, then the live ones. The run goes on whether it is read or not. For streams
    /// that are <see cref="StreamReply.Resumable"/>.
    /// </summary>
    Task<GatewayReply> ResumeAsync(ResumeRequest request, CancellationToken ct);

    /// <summary>The gateway's log of a request. It may take a moment to appear.</summary>
    Task<LogReply> GetLogAsync(string gateway, string logId, CancellationToken ct);

    /// <summary>Adds feedback to a log.</summary>
    /// <returns>Null when it is done.</returns>
    Task<GatewayError?> PatchLogAsync(string gateway, string logId, LogPatch patch, CancellationToken ct);

    /// <summary>The base URL of a gateway, or of a provider behind it.</summary>
    Task<UrlReply> GetUrlAsync(string gateway, string? provider, CancellationToken ct);
}
