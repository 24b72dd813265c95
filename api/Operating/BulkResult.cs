namespace Orchestrator.Api.Operating;

/// <summary>What became of one of many runs.</summary>
/// <param name="Id">As it was given.</param>
/// <param name="Outcome"><c>cancelled</c>, <c>deleted</c>, <c>already-ended</c>, <c>active</c>, <c>not-found</c>; null where it failed.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record BulkResult(string Id, string? Outcome, string? Error = null)
{
    /// <summary>Whether it is as it was asked for now.</summary>
    public bool IsDone => Outcome is "cancelled" or "deleted";
}
