using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>A gateway that is only ever resumed, and answers each time as it is told to.</summary>
/// <param name="answer">From the index that is asked for.</param>
internal sealed class ReplayGateway(Func<long, GatewayReply> answer) : IGateway
{
    private readonly List<ScriptedEvents> _streams = [];

    /// <summary>The indices that were asked for.</summary>
    public List<long> Asked { get; } = [];

    public IReadOnlyList<string> Secrets => [];

    /// <summary>Streams that nobody has disposed of.</summary>
    public int Open => _streams.Count(static stream => !stream.Disposed);

    public Task<GatewayReply> ResumeAsync(string? gatewayId, string gatewayRunId, long from, WireFormat wire, CancellationToken cancellationToken)
    {
        Assert.Equal("gen-1", gatewayRunId);
        Asked.Add(from);
        var reply = answer(from);
        if (reply is StreamReply { Events: ScriptedEvents events })
        {
            _streams.Add(events);
        }

        return Task.FromResult(reply);
    }

    public Task<GatewayReply> DispatchAsync(GatewayDispatch dispatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LogReply> GetLogAsync(string? gatewayId, string logId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<GatewayError?> PatchLogAsync(string? gatewayId, string logId, LogPatch patch, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
