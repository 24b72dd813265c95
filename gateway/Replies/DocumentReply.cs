namespace Orchestrator.Gateway;

/// <summary>A whole answer. Models exist that answer so where a stream was asked for.</summary>
public sealed record DocumentReply : GatewayReply
{
    /// <summary>How to read the body where it is JSON.</summary>
    public required WireFormat Wire { get; init; }

    /// <summary>As the gateway sent it, parameters included; <c>application/octet-stream</c> where it sent none.</summary>
    public required string ContentType { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }
}
