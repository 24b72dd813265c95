using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Storage;

/// <summary>What a claim found and did.</summary>
/// <param name="Run">The run, now owned by the claimant.</param>
/// <param name="Epoch">The new epoch.</param>
/// <param name="PreviousOwner">Who had it.</param>
/// <param name="Fence">Every writer that may still believe it owns the run: their segments must be sealed before the run's log counts as
/// complete. Empty after an orderly release. May hold the claimant itself.</param>
internal sealed record RunClaim(RunId Run, long Epoch, WriterId PreviousOwner, IReadOnlyList<WriterId> Fence);
