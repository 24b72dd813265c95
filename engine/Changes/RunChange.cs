using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Changes;

/// <summary>A run that has changed.</summary>
/// <param name="Run">Which.</param>
/// <param name="Summary">As it is now, however often it changed; null where it has been deleted.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Moved">Whether it is more than progress.</param>
public sealed record RunChange(RunId Run, RunSummary? Summary, string Tenant, bool Moved);
