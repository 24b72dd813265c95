using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Operating;

/// <param name="Matched">How many runs were meant, of those that were counted.</param>
/// <param name="Results">One for each, in the order of the list, or newest first; none where they were only counted.</param>
/// <param name="Next">There may be more that fit the filter: ask again from here; null where there are none.</param>
internal sealed record BulkAnswer(int Matched, IReadOnlyList<BulkResult> Results, RunId? Next);
