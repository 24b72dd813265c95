using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;

namespace Orchestrator.Engine.Readers;

/// <summary>A committed batch in memory, with what it looks like to readers of events once one of them has asked.</summary>
internal sealed class TailBatch(EntryBatch entries)
{
    private RenderedEvents? _events;

    public EntryBatch Entries { get; } = entries;

    /// <summary>
    /// The batch as server-sent events, given where the projection stands before it. That is the same for every reader, so the first
    /// one's rendering serves all.
    /// </summary>
    public RenderedEvents Render(in ProjectionState before, Runs.RunId run)
    {
        if (Volatile.Read(ref _events) is { } known && known.SeqBefore == before.Seq)
        {
            return known;
        }

        var rendered = RenderedEvents.Render(Entries, Entries.FirstNumber, before, run, skipThrough: 0);
        Volatile.Write(ref _events, rendered);
        return rendered;
    }
}
