namespace Orchestrator.Client;

/// <summary>What one call for many runs did.</summary>
/// <param name="Results">One for each run.</param>
/// <param name="Next">Where a filter goes on; null where there is nothing more.</param>
internal sealed record BulkPage(IReadOnlyList<BulkResult> Results, string? Next);
