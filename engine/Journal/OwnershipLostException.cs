using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Journal;

/// <summary>Another writer has taken the run: stop, and change nothing.</summary>
public sealed class OwnershipLostException(RunId run)
    : Exception($"Another host has taken {run}; this one lost it and wrote nothing.")
{
    public RunId Run { get; } = run;
}
