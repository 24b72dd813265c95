namespace Orchestrator.Journals.Storage;

/// <param name="Status">What became of the commit.</param>
/// <param name="Conflicts">With <see cref="CommitStatus.Conflict"/>: the creations to leave out.</param>
/// <param name="Reason">With <see cref="CommitStatus.InDoubt"/>: what went wrong.</param>
internal readonly record struct CommitOutcome(
    CommitStatus Status, IReadOnlyList<CreationConflict>? Conflicts = null, string? Reason = null);
