using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Index;

/// <summary>Brings the index up to date with the segments of other writers: what is new in them since the last time.</summary>
internal sealed class LogScanner(IJournalStorage storage, LogIndex index, WriterId self) : IDisposable
{
    /// <summary>Writers whose logs are read at a time.</summary>
    private const int AtOnce = 4;

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>
    /// When it returns, everything of other writers that was durable in the log when it was called is in the index, or in the runs' files.
    /// </summary>
    /// <exception cref="InvalidDataException">A block in the middle of a segment is damaged.</exception>
    public async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var ended = storage.IsAtomic ? null : new Dictionary<RunId, RunSummary>();
            var others = (await ListAsync(cancellationToken)).Where(segment => segment.Id.Writer != self).GroupBy(static segment => segment.Id.Writer);
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(others, options, async (log, stop) =>
            {
                foreach (var segment in log)
                {
                    await ScanAsync(segment, ended, stop);
                }
            });

            if (ended is { Count: > 0 })
            {
                await RepairAsync(ended, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The segments there are, each writer's in order. Those that are gone are forgotten.</summary>
    public async ValueTask<IReadOnlyList<SegmentInfo>> ListAsync(CancellationToken cancellationToken)
    {
        // Known before the listing: one that is registered meanwhile is not gone.
        var known = index.RegisteredSegments();
        var listed = await storage.ListSegmentsAsync(cancellationToken);
        var live = listed.Select(segment => segment.Id).ToHashSet();
        foreach (var segment in known.Where(segment => !live.Contains(segment.Id)))
        {
            index.Drop(segment);
        }

        return [.. listed.OrderBy(segment => segment.Id.Writer.Value).ThenBy(segment => segment.Id.Sequence)];
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask ScanAsync(SegmentInfo info, Dictionary<RunId, RunSummary>? ended, CancellationToken cancellationToken)
    {
        var segment = index.GetSegment(info.Id);
        if (segment.Complete || segment.Compacted)
        {
            return;
        }

        segment.Registered = true;
        var blocks = new WholeBlocks(info.Id, segment.End);
        await foreach (var block in storage.ReadBlocksAsync(info.Id, segment.End, cancellationToken))
        {
            if (blocks.Accept(block))
            {
                index.AddScanned(segment, block.Position, block.Data.Span, ended);
            }
        }

        segment.Complete = info.Sealed;
    }

    /// <summary>
    /// Where log and directory are not written together, a writer that died may have left the end of a run in the log alone. An end is
    /// final, so it can be put into the directory by anybody at any time.
    /// </summary>
    private async ValueTask RepairAsync(Dictionary<RunId, RunSummary> ended, CancellationToken cancellationToken)
    {
        var rows = await storage.FindAsync([.. ended.Keys], cancellationToken);
        var commit = new JournalCommit { Writer = self };
        commit.Summaries.AddRange(rows.Where(row => !row.Status.IsEnded()).Select(row => ended[row.Id]));
        if (!commit.IsEmpty)
        {
            await storage.CommitAsync(commit);
        }
    }
}
