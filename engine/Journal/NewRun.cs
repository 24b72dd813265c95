namespace Orchestrator.Engine.Journal;

/// <param name="Summary">The directory's first row for the run.</param>
/// <param name="IdempotencyKey">Unique within the tenant while the run exists; null for none.</param>
/// <param name="RequestHash">Identifies the request's body, to tell a repeated submit from a different one under the same key.</param>
public sealed record NewRun(RunSummary Summary, string? IdempotencyKey = null, string? RequestHash = null);
