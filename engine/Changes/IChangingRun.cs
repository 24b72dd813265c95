using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Changes;

/// <summary>A run under way, to be looked at whenever somebody wants to know.</summary>
internal interface IChangingRun
{
    RunSummary Summarize();

    RunPhase Phase();
}
