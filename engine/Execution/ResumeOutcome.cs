using Orchestrator.Engine.Decisions;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Execution;

/// <summary>Whether the events could be taken up.</summary>
/// <param name="Reply">The connection, just after the last event that the journal has; null where there is none.</param>
/// <param name="Next">A wait on it that is under way, or done.</param>
/// <param name="End">Why there is no connection.</param>
internal readonly record struct ResumeOutcome(StreamReply? Reply, ValueTask<StreamSignal> Next, ConnectionEnd? End)
{
    public static ResumeOutcome Refused(Runs.RunError error) => new(null, default, new ConnectionEnd.Refused(error));
}
