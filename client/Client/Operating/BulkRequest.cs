namespace Orchestrator.Client;

/// <summary>The body of a call for many runs: ids, or a filter, which an answer's cursor goes on with.</summary>
internal sealed record BulkRequest(IReadOnlyList<string>? Ids = null, BulkFilter? Filter = null, string? Cursor = null)
{
    /// <summary>More ids than this the service does not take at a time.</summary>
    public const int MostIds = 1_000;
}
