using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.TestKit.Journal;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>Journals that hold one run.</summary>
internal static class StoredJournal
{
    public static async Task<MemoryJournal> OfAsync(IEnumerable<EntryBatch> batches, bool regroup = false)
    {
        var journal = new MemoryJournal(new MemoryStore(), new MemoryJournalOptions { Regroup = regroup, Random = new Random(7) });
        IRunWriter? writer = null;
        var state = new RunState();
        foreach (var batch in batches)
        {
            state.Apply(batch);
            var summary = RunReports.Summary(RunRecording.Id, state);
            if (writer is null)
            {
                writer = ((CreateOutcome.Created)await journal.CreateAsync(new NewRun(summary), batch)).Writer;
            }
            else
            {
                await writer.AppendAsync(batch, summary);
            }
        }

        return journal;
    }

    /// <summary>The same entries in other batches: one per entry, with a checkpoint before each.</summary>
    public static IReadOnlyList<EntryBatch> OneByOne(IReadOnlyList<EntryBatch> batches)
    {
        var state = new RunState();
        var cut = new List<EntryBatch>();
        for (var number = 1L; number <= batches[^1].LastNumber; number++)
        {
            var one = Regrouping.Cut(batches, number, number);
            var batch = new EntryBatch(number, 1, one.BaseTime, one.Data, number == 1 ? null : state.ToCheckpoint());
            state.Apply(batch);
            cut.Add(batch);
        }

        return cut;
    }
}
