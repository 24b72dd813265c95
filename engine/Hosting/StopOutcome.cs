namespace Orchestrator.Engine.Hosting;

public enum StopOutcome
{
    Cancelled = 1,
    NotFound = 2,

    /// <summary>It had ended, or ended by itself meanwhile.</summary>
    AlreadyEnded = 3,

    /// <summary>No host works on it at the moment: it is about to be taken up.</summary>
    Active = 4,
}
