namespace Orchestrator.Gateway;

/// <summary>A stream of events. The caller disposes it, which aborts the connection if the stream has not ended.</summary>
public sealed record StreamReply : GatewayReply, IAsyncDisposable
{
    /// <summary>How to read the events.</summary>
    public required WireFormat Wire { get; init; }

    /// <summary>
    /// Whether the stream can be taken up again after a break: the answer carried a run id, and there is somewhere to ask for the rest.
    /// </summary>
    public bool Resumable { get; init; }

    public required IEventStream Events { get; init; }

    public ValueTask DisposeAsync() => Events.DisposeAsync();
}
