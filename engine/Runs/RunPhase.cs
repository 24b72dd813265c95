namespace Orchestrator.Engine.Runs;

/// <summary>What a run is doing at the moment. Known to the host that works on it; not journaled.</summary>
public enum RunPhase
{
    /// <summary>It has not started.</summary>
    Queued = 1,

    /// <summary>It waits before its next attempt, or for its turn at the upstream.</summary>
    Waiting = 2,

    /// <summary>The request has left, and nothing has come back.</summary>
    Dispatching = 3,

    /// <summary>Events come in.</summary>
    Streaming = 4,

    /// <summary>The connection was lost, and it is being taken up again.</summary>
    Recovering = 5,

    /// <summary>It is attached, and nothing has come for long.</summary>
    Stalled = 6,

    Ended = 7,
}
