namespace Orchestrator.Engine.Hosting;

public enum DeleteOutcome
{
    Deleted = 1,
    NotFound = 2,

    /// <summary>The run has not ended.</summary>
    Active = 3,
}
