using System.Runtime.CompilerServices;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Reading;

/// <summary>
/// Reads many runs in one pass over the log, from where the first of them has an entry: its blocks each have a little of many of them, and
/// run by run each block would be read as often as it has runs.
/// </summary>
internal sealed class ManyRunsReader(IJournalStorage storage, LogIndex index, LogScanner scanner, RunReader reader)
{
    public async IAsyncEnumerable<RunBatch> ReadAsync(
        IReadOnlyDictionary<RunId, long> from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The number of the next entry of each run.
        var next = new Dictionary<RunId, long>(from.Count);
        foreach (var (run, wanted) in from)
        {
            var number = 0L;
            next[run] = Math.Max(wanted, 1);
            while (number < next[run] && await reader.ReadChunkAsync(run, number = next[run], cancellationToken) is { } batches)
            {
                foreach (var batch in batches.TakeWhile(batch => IsAcknowledged(run, batch.LastNumber)))
                {
                    next[run] = batch.LastNumber + 1;
                    yield return new RunBatch(run, batch);
                }
            }
        }

        // Of runs that are another's the index knows what there was the last time.
        if (from.Keys.Any(run => !index.TryGetOwned(run, out _)))
        {
            await scanner.CatchUpAsync(cancellationToken);
        }

        var last = from.Keys.ToDictionary(run => run, run => index.TryGetOwned(run, out var acknowledged) ? acknowledged : index.LastPartNumber(run));
        var first = index.FindFirstPositions(next);
        foreach (var segment in (await scanner.ListAsync(cancellationToken)).Where(segment => first.ContainsKey(segment.Id)))
        {
            var blocks = new WholeBlocks(segment.Id, first[segment.Id]);
            await foreach (var block in storage.ReadBlocksAsync(segment.Id, first[segment.Id], cancellationToken))
            {
                foreach (var batch in blocks.Accept(block) ? Pick(block.Data.Span, next) : [])
                {
                    yield return batch;
                }
            }
        }

        // What the pass did not come across in this order: parts of several writers, or ones that were compacted meanwhile.
        foreach (var run in from.Keys.Where(run => last[run] == 0 || next[run] <= last[run]))
        {
            await foreach (var batch in reader.ReadAsync(run, next[run], cancellationToken))
            {
                yield return new RunBatch(run, batch);
            }
        }
    }

    private List<RunBatch> Pick(ReadOnlySpan<byte> block, Dictionary<RunId, long> next)
    {
        var picked = new List<RunBatch>();
        var parts = PartReader.OfBlock(block);
        while (parts.MoveNext())
        {
            var part = parts.Current;
            if (next.TryGetValue(part.Run, out var number) && part.FirstNumber <= number && part.LastNumber >= number && IsAcknowledged(part.Run, part.LastNumber))
            {
                // The block's buffer is the storage's own.
                var piece = block.Slice(part.Offset, part.Length).ToArray();
                var alone = PartReader.OfPart(piece);
                alone.MoveNext();
                picked.Add(new RunBatch(part.Run, alone.Current.ToBatch(piece)));
                next[part.Run] = part.LastNumber + 1;
            }
        }

        return picked;
    }

    private bool IsAcknowledged(RunId run, long number) => !index.TryGetOwned(run, out var acknowledged) || number <= acknowledged;
}
