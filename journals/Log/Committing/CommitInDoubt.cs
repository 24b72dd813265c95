using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Index;

namespace Orchestrator.Journals.Committing;

/// <summary>A commit of which the storage did not say whether it landed. Its callers were told that it failed.</summary>
/// <param name="Segment">Where it would be.</param>
/// <param name="Position">Where its block would be.</param>
/// <param name="Appends">What it would have appended.</param>
/// <param name="Creations">What it would have made.</param>
internal sealed record CommitInDoubt(
    LogSegment Segment, int Position, IReadOnlyList<(RunWriter Writer, EntryBatch Batch)> Appends, IReadOnlyList<RunId> Creations);
