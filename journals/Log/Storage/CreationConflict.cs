using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Storage;

/// <param name="Run">The run that can not be made.</param>
/// <param name="Holder">The run that has its idempotency key; <paramref name="Run"/> itself where a run of that id exists.</param>
/// <param name="RequestHash">What the key was taken with.</param>
internal sealed record CreationConflict(RunId Run, RunId Holder, string? RequestHash);
