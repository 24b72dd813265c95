namespace Orchestrator.Api.Operating;

/// <param name="Matched">How many runs were meant, of those that were counted.</param>
/// <param name="Results">One for each, in the order of the list, or newest first; none where they were only counted.</param>
/// <param name="More">There are more that fit the filter: ask again.</param>
internal sealed record BulkAnswer(int Matched, IReadOnlyList<BulkResult> Results, bool More);
