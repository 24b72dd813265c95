using System.Runtime.CompilerServices;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Reading;

/// <summary>
/// Reads a run by entry number: what is in the log through the index, everything else from the run's file. Compaction writes the file
/// before the index forgets, and the index forgets before the segment goes; so who does not find an entry in one finds it in the next.
/// Of a run that is another's, what other writers have done since the last time is looked at where neither has the next entry.
/// </summary>
internal sealed class RunReader(IJournalStorage storage, LogIndex index, LogScanner scanner)
{
    /// <summary>What one reading of the log answers at most, beyond its first part: as much as a chunk of a run's file has.</summary>
    private const int PageBytes = 256 << 10;

    private const int PageParts = 1024;

    public async IAsyncEnumerable<EntryBatch> ReadAsync(RunId run, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isNew = index.TryGetOwned(run, out _);
        if (!isNew && (await storage.FindAsync([run], cancellationToken)).Count == 0)
        {
            yield break;
        }

        var next = Math.Max(from, 1);
        while (true)
        {
            var last = index.TryGetOwned(run, out var acknowledged) ? acknowledged : long.MaxValue;
            if (next > last)
            {
                yield break;
            }

            if (index.FindPage(run, next, last, PageParts, PageBytes) is { Count: > 0 } page)
            {
                foreach (var batch in await ReadPageAsync(run, page, cancellationToken))
                {
                    yield return batch;
                    next = batch.LastNumber + 1;
                }
            }
            else if (await storage.ReadChunkAsync(run, next, cancellationToken) is { } chunk)
            {
                var before = next;
                foreach (var batch in Decode(run, chunk))
                {
                    if (batch.LastNumber >= next && batch.LastNumber <= last)
                    {
                        yield return batch;
                        next = batch.LastNumber + 1;
                    }
                }

                if (next == before)
                {
                    throw new InvalidDataException($"{run}: the chunk that should have entry {next} does not.");
                }
            }
            else if (!isNew)
            {
                await scanner.CatchUpAsync(cancellationToken);
                isNew = true;
            }
            else if (!await IsMissedAsync(run, next, cancellationToken))
            {
                yield break;
            }
        }
    }

    /// <summary>The batches of the chunk that has an entry, from the one with that entry on; null where there is no such chunk.</summary>
    public async ValueTask<IEnumerable<EntryBatch>?> ReadChunkAsync(RunId run, long number, CancellationToken cancellationToken) =>
        await storage.ReadChunkAsync(run, number, cancellationToken) is { } chunk
            ? Decode(run, chunk).SkipWhile(batch => batch.LastNumber < number)
            : null;

    public async ValueTask<CheckpointPosition?> FindCheckpointAsync(RunId run, long seq, CancellationToken cancellationToken)
    {
        var inLog = index.FindCheckpoint(run, seq);
        var best = inLog is { } mark ? new CheckpointPosition(mark.EntryNumber, mark.Checkpoint) : null;
        if (await storage.ReadChunkBySeqAsync(run, seq, cancellationToken) is { } chunk)
        {
            foreach (var batch in Decode(run, chunk))
            {
                if (batch.Checkpoint is { } checkpoint && checkpoint.Seq <= seq && (best is null || checkpoint.Seq > best.Checkpoint.Seq))
                {
                    best = new CheckpointPosition(batch.FirstNumber, checkpoint);
                }
            }
        }

        return best;
    }

    private static List<EntryBatch> Decode(RunId run, byte[] chunk)
    {
        if (!Envelope.TryOpen(chunk, Envelope.Chunk, out var count, out var fault))
        {
            throw new InvalidDataException($"A chunk of {run} is damaged: {fault}.");
        }

        var batches = new List<EntryBatch>(count);
        var parts = PartReader.OfChunk(chunk);
        while (parts.MoveNext())
        {
            batches.Add(parts.Current.ToBatch(chunk));
        }

        return batches;
    }

    /// <summary>The batches up to the first one whose segment is gone: that one is in the run's file.</summary>
    private async ValueTask<List<EntryBatch>> ReadPageAsync(RunId run, List<RunPart> page, CancellationToken cancellationToken)
    {
        var pieces = page.ConvertAll(static part => new BlockPiece(part.Segment.Id, part.Position, part.Offset, part.Length));
        var read = await storage.ReadPiecesAsync(pieces, cancellationToken);
        var batches = new List<EntryBatch>(page.Count);
        for (var i = 0; i < page.Count; i++)
        {
            if (read[i] is not { } bytes)
            {
                index.Forget(page[i].Segment);
                break;
            }

            batches.Add(Decode(run, page[i], bytes));
        }

        return batches;
    }

    private static EntryBatch Decode(RunId run, RunPart part, byte[] bytes)
    {
        var reader = PartReader.OfPart(bytes);
        return reader.MoveNext() && reader.Current.Run == run && reader.Current.FirstNumber == part.FirstNumber && reader.Current.Count == part.Count
            ? reader.Current.ToBatch(bytes)
            : throw new InvalidDataException(
                $"Segment {part.Segment.Id}, block at {part.Position} does not have entry {part.FirstNumber} of {run} at its byte {part.Offset}.");
    }

    /// <summary>Whether an entry that was not found is there after all. One that is missing before others is damage, never a shorter run.</summary>
    private async ValueTask<bool> IsMissedAsync(RunId run, long number, CancellationToken cancellationToken)
    {
        var indexed = index.TryGetOwned(run, out var acknowledged) ? acknowledged : index.LastPartNumber(run);
        var last = Math.Max(indexed, (await storage.FindLastNumbersAsync([run], cancellationToken))[0]);
        if (last < number || (await storage.FindAsync([run], cancellationToken)).Count == 0)
        {
            return false;
        }

        return index.TryFind(run, number, out _) || await storage.ReadChunkAsync(run, number, cancellationToken) is not null
            ? true
            : throw new InvalidDataException($"{run}: entry {number} is missing, though there are entries up to {last}.");
    }
}
