using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Committing;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Opening;

/// <summary>
/// Makes runs this writer's: claim their rows, seal the segments of whoever may still believe to own them, read the log to its end,
/// and only then hand out writers. Any step can fail or be the last one: doing it all again is right.
/// </summary>
internal sealed class Takeover(
    IJournalStorage storage, LogIndex index, LogScanner scanner, OwnLog log, Committer committer, JournalInstruments instruments)
{
    /// <summary>Called with each segment of another writer that was sealed, to compact it.</summary>
    public required Action<LogSegment> OnSealed { get; init; }

    /// <summary>Answers the writers of those runs that are there and have not ended.</summary>
    public async Task<Dictionary<RunId, RunWriter>> RunAsync(IReadOnlyList<RunId> runs)
    {
        var claims = await storage.ClaimAsync(log.Writer, runs);
        var sealedNow = await SealAsync(claims);
        await scanner.CatchUpAsync(CancellationToken.None);
        var writers = await InstallAsync(claims);
        await LeaveEndedAsync(writers);
        foreach (var segment in sealedNow)
        {
            OnSealed(index.GetSegment(segment));
        }

        return writers;
    }

    private async ValueTask<List<SegmentId>> SealAsync(IReadOnlyList<RunClaim> claims)
    {
        var fence = claims.SelectMany(claim => claim.Fence).Where(writer => writer != log.Writer).ToHashSet();
        if (fence.Count == 0)
        {
            return [];
        }

        // Listed after the claims: a segment that is registered later is used only by writers that see the claims.
        var segments = await storage.ListSegmentsAsync(CancellationToken.None);
        var open = segments.Where(segment => !segment.Sealed && fence.Contains(segment.Id.Writer)).Select(segment => segment.Id).ToList();
        if (open.Count > 0)
        {
            await storage.SealAsync(open);
        }

        return open;
    }

    private async ValueTask<Dictionary<RunId, RunWriter>> InstallAsync(IReadOnlyList<RunClaim> claims)
    {
        // The index first, then the files, and neither again: a compaction that goes on meanwhile moves entries from the one to the other,
        // and who looked the other way round would find them in neither and take the run for one that was never born.
        var last = claims.Select(claim => index.LastPartNumber(claim.Run)).ToList();
        var chunked = await storage.FindLastNumbersAsync([.. claims.Select(claim => claim.Run)], CancellationToken.None);
        var writers = new Dictionary<RunId, RunWriter>(claims.Count);
        var unborn = new Dictionary<RunId, long>();
        await committer.BetweenCommitsAsync(() =>
        {
            for (var i = 0; i < claims.Count; i++)
            {
                var claim = claims[i];
                var writer = new RunWriter(committer, claim.Run, claim.Epoch, takenOver: claim.Fence.Count > 0);
                log.Acquired(writer);
                index.Install(writer, Math.Max(last[i], chunked[i]));
                if (index.TryGetOwned(claim.Run, out var found) && found > 0)
                {
                    writer.StartAt(found);
                    writers.Add(claim.Run, writer);
                }
                else
                {
                    index.Uninstall(writer);
                    unborn.Add(claim.Run, claim.Epoch);
                }
            }
        });
        instruments.TakenOver(claims.Count(claim => claim.Fence.Count > 0));
        if (unborn.Count > 0)
        {
            // Its maker died between row and block, and told nobody of it.
            await storage.DiscardAsync(log.Writer, unborn);
        }

        return writers;
    }

    /// <summary>Between the claim and the seal (or, in this process, the installation) the previous owner may have ended a run.</summary>
    private async ValueTask LeaveEndedAsync(Dictionary<RunId, RunWriter> writers)
    {
        var rows = await storage.FindAsync([.. writers.Keys], CancellationToken.None);
        var unfinished = rows.Where(row => !row.Status.IsEnded()).Select(row => row.Id).ToHashSet();
        foreach (var writer in writers.Values.Where(writer => !unfinished.Contains(writer.Id)).ToList())
        {
            writer.Lose();
            index.Uninstall(writer);
            writers.Remove(writer.Id);
        }
    }
}
