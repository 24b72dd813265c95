using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;
using Orchestrator.Simulation.Tests.Runs;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Simulation.Tests.Hosts;

/// <summary>A gateway at each call of which the host may die.</summary>
internal sealed class PointGateway(FakeGateway inner, Host host) : IGateway
{
    public IReadOnlyList<string> Secrets => inner.Secrets;

    public async Task<GatewayReply> DispatchAsync(GatewayDispatch dispatch, CancellationToken cancellationToken)
    {
        host.GoesUpstream(dispatch.Run, KillPoint.Dispatch);
        await host.PointAsync("dispatch");
        var reply = await inner.DispatchAsync(dispatch, cancellationToken);
        await host.PointAsync("dispatched");
        return Wrap(reply);
    }

    public async Task<GatewayReply> ResumeAsync(
        string? gatewayId, string gatewayRunId, long from, WireFormat wire, CancellationToken cancellationToken)
    {
        host.GoesUpstream(inner.Generations[gatewayRunId].Request.Run, KillPoint.Resume);
        await host.PointAsync("resume");
        var reply = await inner.ResumeAsync(gatewayId, gatewayRunId, from, wire, cancellationToken);
        await host.PointAsync("resumed");
        return Wrap(reply);
    }

    public Task<LogReply> GetLogAsync(string? gatewayId, string logId, CancellationToken cancellationToken) =>
        inner.GetLogAsync(gatewayId, logId, cancellationToken);

    public Task<GatewayError?> PatchLogAsync(string? gatewayId, string logId, LogPatch patch, CancellationToken cancellationToken) =>
        inner.PatchLogAsync(gatewayId, logId, patch, cancellationToken);

    private GatewayReply Wrap(GatewayReply reply) => reply is StreamReply stream ? stream with { Events = new PointStream(stream.Events, host) } : reply;
}
