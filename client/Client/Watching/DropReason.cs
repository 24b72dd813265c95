namespace Orchestrator.Client;

/// <summary>How an event stream ended before its run did.</summary>
public enum DropReason
{
    /// <summary>No connection could be made, or no answer came.</summary>
    NotConnected,

    /// <summary>The service, or a proxy before it, is busy or away: 408, 429 or 5xx.</summary>
    Busy,

    /// <summary>The connection broke.</summary>
    Broken,

    /// <summary>The stream ended in order, but without the run's terminal event.</summary>
    EndedEarly,

    /// <summary>Nothing came for <see cref="OrchestratorClientOptions.IdleLimit"/>, not even a comment.</summary>
    Silent,
}
