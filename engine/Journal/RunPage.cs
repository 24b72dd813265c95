using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Journal;

/// <param name="Runs">Newest first.</param>
/// <param name="Next">What <see cref="RunQuery.Before"/> asks for the next page with; null on the last page.</param>
public sealed record RunPage(IReadOnlyList<RunSummary> Runs, RunId? Next);
