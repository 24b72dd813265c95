namespace Orchestrator.Engine.Runs;

/// <summary>Where a run stands. The numbers are stored: they never change, and 0 is never valid.</summary>
public enum RunStatus : byte
{
    Queued = 1,
    Running = 2,
    Completed = 3,
    Failed = 4,
    Cancelled = 5,
}
