namespace Orchestrator.Client;

/// <summary>The answer to a submit.</summary>
/// <param name="Run">The run.</param>
/// <param name="IsNew">False where the caller's idempotency key had been used for this run before.</param>
/// <param name="IdempotencyKey">The key it was submitted under; null where none was sent.</param>
public sealed record SubmittedRun(Run Run, bool IsNew, string? IdempotencyKey);
