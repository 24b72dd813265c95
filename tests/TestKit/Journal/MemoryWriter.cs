using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.TestKit.Journal;

internal sealed class MemoryWriter(MemoryJournal journal, MemoryStore store, RunId id, long epoch, long lastNumber, bool takenOver) : IRunWriter
{
    private EntryBatch? _failed;
    private bool _busy;

    public RunId Id => id;

    public long Epoch => epoch;

    public long LastNumber { get; private set; } = lastNumber;

    public bool TakenOver => takenOver;

    public async ValueTask AppendAsync(EntryBatch batch, RunSummary? summary = null)
    {
        if (_busy)
        {
            throw store.Violation($"{id}: two appends at a time.");
        }

        if (batch.FirstNumber != LastNumber + 1)
        {
            throw store.Violation($"{id}: a batch must begin at entry {LastNumber + 1}, this one begins at {batch.FirstNumber}.");
        }

        if (_failed is not null && !_failed.Data.Span.SequenceEqual(batch.Data.Span))
        {
            throw store.Violation($"{id}: an append failed, and then something else was appended as entry {batch.FirstNumber}.");
        }

        _busy = true;
        try
        {
            await journal.CommitAsync(
                () => store.Append(id, epoch, batch, summary, acknowledge: true),
                () => store.Append(id, epoch, batch, summary, acknowledge: false));
            LastNumber = batch.LastNumber;
            _failed = null;
        }
        catch (JournalUnavailableException)
        {
            _failed = batch;
            throw;
        }
        finally
        {
            _busy = false;
        }
    }

    public ValueTask ReleaseAsync() => journal.CommitAsync(() => store.Release(id, epoch), null);
}
