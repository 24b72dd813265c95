namespace Orchestrator.Client;

/// <summary>An event of one attempt.</summary>
public abstract record AttemptEvent : RunEvent
{
    /// <summary>Number of the attempt within the run, from 1.</summary>
    public int Attempt { get; init; }
}
