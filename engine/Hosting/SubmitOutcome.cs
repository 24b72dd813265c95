using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Hosting;

public abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>The run is durable and under way.</summary>
    public sealed record Accepted(RunView Run) : SubmitOutcome;

    /// <summary>The same submission was made before.</summary>
    public sealed record Repeated(RunView Run) : SubmitOutcome;

    /// <summary>The key belongs to another submission.</summary>
    public sealed record KeyConflict(RunId Run) : SubmitOutcome;

    /// <summary>The service is stopping.</summary>
    public sealed record Stopping : SubmitOutcome;
}
