namespace Orchestrator.Gateway;

/// <summary>An answer that is a failure, or none at all, or a request refused before it was sent.</summary>
public sealed record FailureReply : GatewayReply
{
    public required GatewayError Error { get; init; }
}
