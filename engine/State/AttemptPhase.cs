namespace Orchestrator.Engine.State;

public enum AttemptPhase
{
    /// <summary>The request may have left.</summary>
    Started = 1,

    /// <summary>The upstream has answered.</summary>
    Attached = 2,

    /// <summary>The connection is gone; the attempt goes on.</summary>
    Detached = 3,

    Failed = 4,
}
