namespace Orchestrator.Gateway;

/// <summary>
/// What a dispatch or a resume came to: a <see cref="StreamReply"/>, a <see cref="DocumentReply"/> or a <see cref="FailureReply"/>.
/// </summary>
public abstract record GatewayReply
{
    private protected GatewayReply()
    {
    }

    public ReplyHeaders Headers { get; init; } = new();

    /// <summary>The way that was taken; null where the request was refused before one was.</summary>
    public TransportKind? Transport { get; init; }
}
