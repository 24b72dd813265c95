using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;

namespace Orchestrator.TestKit.Journal;

/// <summary>One run in a <see cref="MemoryStore"/>, under the store's lock.</summary>
internal sealed class StoredRun(NewRun created)
{
    public NewRun Created { get; } = created;

    public RunSummary Summary { get; set; } = created.Summary;

    /// <summary>Acknowledged, in order.</summary>
    public List<EntryBatch> Batches { get; } = [];

    public long Epoch { get; set; } = 1;

    /// <summary>The owner gave it up in order.</summary>
    public bool Released { get; set; }

    /// <summary>Landed, but its writer was never told so: nobody sees it before the next owner, or the same writer's next try.</summary>
    public (EntryBatch Batch, RunSummary? Summary)? Unseen { get; set; }

    public long LastNumber => Batches.Count == 0 ? 0 : Batches[^1].LastNumber;
}
