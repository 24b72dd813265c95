namespace Orchestrator.Client;

/// <summary>Settings of one watch.</summary>
public sealed class WatchOptions
{
    /// <summary>Told of each drop before the wait, on the reader's own flow. An exception in it ends the watch.</summary>
    public Action<WatchDrop>? OnDrop { get; init; }

    /// <summary>Told when the stream is open again after drops.</summary>
    public Action<WatchReattach>? OnReattach { get; init; }

    /// <summary>Throw <see cref="ServiceUnreachableException"/> at once where nobody listens at the address and nobody did since the watch began, instead of trying again. Default false.</summary>
    public bool FailIfNeverConnected { get; init; }
}
