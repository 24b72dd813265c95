namespace Orchestrator.Client;

/// <summary>The service skipped events of a run: what follows can not be trusted to be whole.</summary>
public sealed class EventGapException : OrchestratorException
{
    public EventGapException(string runId, long expected, long actual)
        : base($"Run {runId}: event {expected} should follow, but {actual} came.")
    {
        RunId = runId;
        Expected = expected;
        Actual = actual;
    }

    public string RunId { get; }

    /// <summary>The position that should have come.</summary>
    public long Expected { get; }

    /// <summary>The position that came.</summary>
    public long Actual { get; }
}
