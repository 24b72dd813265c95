using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>A gateway that answers every dispatch at once with a whole document, or not at all.</summary>
/// <param name="answer">By the model and how many dispatches came before, all models together.</param>
internal sealed class AnsweringGateway(Func<string, int, GatewayReply> answer) : IGateway
{
    public List<GatewayDispatch> Dispatches { get; } = [];

    public IReadOnlyList<string> Secrets => [];

    public static DocumentReply Document(string contentType, byte[] body, WireFormat wire = WireFormat.WorkersAi) =>
        new() { ContentType = contentType, Body = body, Wire = wire, Headers = new ReplyHeaders { Status = 200, LogId = "log" } };

    public Task<GatewayReply> DispatchAsync(GatewayDispatch dispatch, CancellationToken cancellationToken)
    {
        Dispatches.Add(dispatch);
        return Task.FromResult(answer(dispatch.Model, Dispatches.Count - 1));
    }

    public Task<GatewayReply> ResumeAsync(string? gatewayId, string gatewayRunId, long from, WireFormat wire, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<LogReply> GetLogAsync(string? gatewayId, string logId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<GatewayError?> PatchLogAsync(string? gatewayId, string logId, LogPatch patch, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
