using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Index;

/// <summary>What this process knows of a segment. Guarded by the <see cref="LogIndex"/> it is in.</summary>
internal sealed class LogSegment(SegmentId id)
{
    public SegmentId Id { get; } = id;

    /// <summary>The storage has it, or had it: when it is not listed any more, it was dropped.</summary>
    public bool Registered { get; set; }

    /// <summary>How far it is indexed: where the next block begins.</summary>
    public int End { get; set; }

    /// <summary>It was sealed before its last block was indexed: there is no more to index.</summary>
    public bool Complete { get; set; }

    /// <summary>Its entries are in the runs' files now, or deleted.</summary>
    public bool Compacted { get; set; }

    /// <summary>It waits for its compaction, or is in it.</summary>
    public bool Queued { get; set; }

    /// <summary>It has entries of a run that was deleted: it should be compacted soon.</summary>
    public bool HasDeleted { get; set; }

    /// <summary>Runs with parts in it; some perhaps twice.</summary>
    public List<RunLog> Runs { get; } = [];
}
