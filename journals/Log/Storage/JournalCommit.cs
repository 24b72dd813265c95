using Orchestrator.Engine.Journal;

namespace Orchestrator.Journals.Storage;

/// <summary>What is made durable at once: a block, and the changes of the directory that go with it. Reused by its committer: a storage
/// keeps nothing of it after the commit.</summary>
internal sealed class JournalCommit
{
    public required WriterId Writer { get; init; }

    public SegmentId Segment { get; set; }

    /// <summary>Where the segment must end for the block to be appended.</summary>
    public int Position { get; set; }

    /// <summary>Empty where only the directory changes; then segment and position do not count.</summary>
    public ReadOnlyMemory<byte> Block { get; set; }

    /// <summary>New rows, owned by <see cref="Writer"/> at epoch 1, with their idempotency keys.</summary>
    public List<NewRun> Creations { get; } = [];

    /// <summary>Replace the rows' summaries; owner and epoch stay. The run has no more entries to fence: its fence list is emptied
    /// where the row is still the writer's.</summary>
    public List<RunSummary> Summaries { get; } = [];

    public List<RunRelease> Releases { get; } = [];

    public bool IsEmpty => Block.IsEmpty && Creations.Count == 0 && Summaries.Count == 0 && Releases.Count == 0;

    public void Clear()
    {
        Block = default;
        Creations.Clear();
        Summaries.Clear();
        Releases.Clear();
    }
}
