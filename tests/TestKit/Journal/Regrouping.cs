using Orchestrator.Engine.Entries;

namespace Orchestrator.TestKit.Journal;

/// <summary>Cuts and joins batches: to a reader, where one ends means nothing.</summary>
public static class Regrouping
{
    /// <summary>A batch with the entry <paramref name="from"/> in it.</summary>
    public static EntryBatch First(IReadOnlyList<EntryBatch> batches, long from, bool mayBeginBefore, Random random)
    {
        if (random.Next(2) == 0 && (mayBeginBefore || batches[0].FirstNumber == from))
        {
            return batches[0];
        }

        var begin = mayBeginBefore && random.Next(3) == 0 ? batches[0].FirstNumber : from;
        return Cut(batches, begin, from + random.Next(12));
    }

    /// <summary>The entries from one number to another, as far as there are any, as one batch.</summary>
    public static EntryBatch Cut(IReadOnlyList<EntryBatch> batches, long from, long through)
    {
        var builder = new EntryBatchBuilder();
        Checkpoint? checkpoint = null;
        foreach (var batch in batches)
        {
            checkpoint = batch.FirstNumber == from ? batch.Checkpoint : checkpoint;
            foreach (var entry in batch)
            {
                if (entry.Number >= from && entry.Number <= through)
                {
                    builder.Add(entry.Kind, entry.Time, entry.Payload.Span);
                }
            }
        }

        return builder.Build(from, checkpoint);
    }
}
