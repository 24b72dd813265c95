using System.Collections.Concurrent;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Tests.Kit;

/// <summary>A gateway that refuses everything, and knows how often it was asked.</summary>
/// <param name="answer">A dispatch is answered when this completes.</param>
internal sealed class CountingGateway(Task? answer = null) : IGateway
{
    private int _calls;

    public IReadOnlyList<string> Secrets => [];

    /// <summary>The extra headers of each dispatch.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Headers { get; } = new();

    public int Calls => Volatile.Read(ref _calls);

    public async Task<GatewayReply> DispatchAsync(GatewayDispatch dispatch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        Headers.Enqueue(dispatch.ExtraHeaders);
        await (answer ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return Refusal();
    }

    public Task<GatewayReply> ResumeAsync(string? gatewayId, string gatewayRunId, long from, WireFormat wire, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return Task.FromResult<GatewayReply>(Refusal());
    }

    public Task<LogReply> GetLogAsync(string? gatewayId, string logId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return Task.FromResult(new LogReply());
    }

    public Task<GatewayError?> PatchLogAsync(string? gatewayId, string logId, LogPatch patch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return Task.FromResult<GatewayError?>(null);
    }

    private static FailureReply Refusal() => new() { Error = new GatewayError { Code = ErrorCodes.BadRequest, Message = "refused" } };
}
