using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Committing;

/// <summary>One commit after the other: builds the block, hands it to the storage, and deals with what became of it.</summary>
internal sealed partial class BlockCommit(
    IJournalStorage storage, LogIndex index, OwnLog log, JournalOptions options, JournalInstruments instruments, ILogger logger)
{
    private readonly FrameBuilder _frame = new();
    private readonly JournalCommit _commit = new() { Writer = log.Writer };
    private readonly List<RunWriter> _taken = [];
    private readonly HashSet<(string Tenant, string Key)> _keys = [];
    private CommitInDoubt? _doubt;

    /// <summary>Called with each segment that is full or was left, to compact it.</summary>
    public required Action<LogSegment> OnLeft { get; init; }

    /// <summary>
    /// Commits as many of the pending writers as fit into a block, from an index on. Those that are done are null in the list after it;
    /// answers where the next block begins.
    /// </summary>
    /// <exception cref="JournalUnavailableException">Those that are still in the list failed.</exception>
    public async ValueTask<int> CommitAsync(List<RunWriter?> pending, int from)
    {
        while (true)
        {
            await ResolveAsync();
            if (log.Segment is null && NeedsSegment(pending, from))
            {
                await OpenSegmentAsync();
            }

            var end = Build(pending, from);
            var started = Stopwatch.GetTimestamp();
            var outcome = _commit.IsEmpty ? new CommitOutcome(CommitStatus.Committed) : await storage.CommitAsync(_commit);
            switch (outcome.Status)
            {
                case CommitStatus.Committed:
                    if (_taken.Count > 0)
                    {
                        instruments.Committed(Stopwatch.GetElapsedTime(started), _commit.Block.Length, _taken.Count);
                    }

                    Complete(pending, from, end);
                    return end;
                case CommitStatus.Sealed:
                    LogFenced(logger, _commit.Segment);
                    log.Leave();
                    break;
                case CommitStatus.Conflict:
                    Refuse(pending, from, end, outcome.Conflicts!);
                    break;
                case CommitStatus.InDoubt:
                    throw Doubt(outcome.Reason);
                default:
                    throw new InvalidOperationException($"A commit ended as {outcome.Status}.");
            }
        }
    }

    /// <summary>
    /// Finds out what became of a commit in doubt: seals its segment, so that nothing can land any more, and looks. What landed is
    /// acknowledged when its writer appends it again; runs that it made are removed, as their callers were told that they were not.
    /// </summary>
    public async ValueTask ResolveAsync()
    {
        if (_doubt is not { } doubt)
        {
            return;
        }

        var segment = doubt.Segment.Id;
        await storage.SealAsync([segment]);
        var landed = false;
        await foreach (var block in storage.ReadBlocksAsync(segment, doubt.Position, CancellationToken.None))
        {
            if (Envelope.TryOpen(block.Data.Span, Envelope.Block, out _, out _))
            {
                landed = true;
                index.AddScanned(doubt.Segment, block.Position, block.Data.Span, ended: null);
            }
        }

        LogResolved(logger, doubt.Position, segment, landed);
        var kept = new HashSet<RunId>();
        if (doubt.Creations.Count > 0)
        {
            // Where there are no transactions, rows may be there without the block. Where another writer has taken such a run meanwhile, it
            // was born after all: its maker was told that it was not, and asks again.
            await storage.DiscardAsync(log.Writer, doubt.Creations.ToDictionary(static run => run, static _ => 1L));
            kept.UnionWith((await storage.FindAsync(doubt.Creations, CancellationToken.None)).Select(static row => row.Id));
        }

        foreach (var (writer, batch) in doubt.Appends)
        {
            writer.Landed = landed ? batch : null;
        }

        foreach (var run in doubt.Creations.Where(run => !kept.Contains(run)))
        {
            index.Delete(run);
        }

        _doubt = null;
        if (log.Leave() is { } left)
        {
            OnLeft(left);
        }
    }

    /// <summary>Stops appending to the current segment, so that it can be compacted.</summary>
    public void Roll()
    {
        if (log.Leave() is { } left)
        {
            OnLeft(left);
        }
    }

    private static bool NeedsSegment(List<RunWriter?> pending, int from)
    {
        for (var i = from; i < pending.Count; i++)
        {
            if (pending[i]?.Operation is WriterOperation.Append or WriterOperation.Create)
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask OpenSegmentAsync()
    {
        foreach (var writer in await log.OpenAsync())
        {
            LogLost(logger, writer.Id);
            writer.Lose();
            index.Uninstall(writer);
        }
    }

    private int Build(List<RunWriter?> pending, int from)
    {
        _taken.Clear();
        _commit.Clear();
        _frame.Clear();
        _keys.Clear();
        var at = from;
        for (; at < pending.Count && (_frame.IsEmpty || _frame.Length < options.BlockBytes); at++)
        {
            if (pending[at] is not { } writer)
            {
                continue;
            }

            if (writer.IsLost)
            {
                pending[at] = null;
                Drop(writer);
            }
            else if (writer.Creation?.IdempotencyKey is { } key && !_keys.Add((writer.Creation.Summary.Tenant, key)))
            {
                // The same key twice: the second one is for the next commit, which finds it taken.
                break;
            }
            else if (writer.Landed is { } landed && writer.Batch is { } batch && !IsSame(landed, batch))
            {
                pending[at] = null;
                writer.Fail(new InvalidOperationException(
                    $"{writer.Id}: the batch at entry {batch.FirstNumber} differs from the one whose append failed there and that turned out to be durable."));
            }
            else
            {
                Take(writer);
            }
        }

        _commit.Segment = log.Segment?.Id ?? default;
        _commit.Position = log.Position;
        _commit.Block = _frame.IsEmpty ? default : _frame.Close(Envelope.Block);
        return at;
    }

    private void Take(RunWriter writer)
    {
        _taken.Add(writer);
        if (writer.Operation == WriterOperation.Release)
        {
            _commit.Releases.Add(new RunRelease(writer.Id, writer.Epoch));
            return;
        }

        if (writer.Creation is not null)
        {
            _commit.Creations.Add(writer.Creation);
        }
        else if (writer.Summary is not null)
        {
            _commit.Summaries.Add(writer.Summary);
        }

        writer.PartLength = 0;
        if (writer.Landed is null)
        {
            writer.PartOffset = _frame.Length;
            var summary = storage.IsAtomic || writer.Summary is null ? null : SummaryCodec.Encode(writer.Summary);
            writer.PartLength = _frame.AddToBlock(writer.Id, writer.Batch!, summary);
        }
    }

    private void Complete(List<RunWriter?> pending, int from, int end)
    {
        foreach (var writer in _taken)
        {
            if (writer.Operation == WriterOperation.Create)
            {
                log.Acquired(writer);
            }
        }

        if (!_commit.Block.IsEmpty)
        {
            index.AddCommitted(log.Segment!, _commit.Position, _taken);
            if (log.Advance(_commit.Block.Length) is { } full)
            {
                OnLeft(full);
            }
        }

        // Before any is completed: a caller that goes on at once may have its writer queued again while this still runs.
        for (var i = from; i < end; i++)
        {
            pending[i] = null;
        }

        foreach (var writer in _taken)
        {
            if (writer.Landed is { } landed)
            {
                index.Acknowledge(writer, landed.LastNumber);
                writer.Landed = null;
            }

            if (writer.Operation == WriterOperation.Release)
            {
                writer.Lose();
                index.Uninstall(writer);
            }
            else if (writer.Summary is { } summary && summary.Status.IsEnded())
            {
                index.Uninstall(writer);
            }
        }

        CompletedWriters.GoOn(_taken);
    }

    private void Refuse(List<RunWriter?> pending, int from, int end, IReadOnlyList<CreationConflict> conflicts)
    {
        foreach (var conflict in conflicts)
        {
            for (var i = from; i < end; i++)
            {
                if (pending[i] is { Operation: WriterOperation.Create } writer && writer.Id == conflict.Run)
                {
                    pending[i] = null;
                    writer.Conflict = conflict;
                    CompletedWriters.GoOn([writer]);
                }
            }
        }
    }

    private JournalUnavailableException Doubt(string? reason)
    {
        foreach (var writer in _taken.Where(writer => writer.Operation == WriterOperation.Release))
        {
            // Once released, a run is taken without fencing anybody: it counts as given up. If it was not, its next owner seals this log.
            writer.Lose();
            index.Uninstall(writer);
        }

        if (_commit.Block.IsEmpty)
        {
            // Nothing can land that doing it again would not do.
            return new JournalUnavailableException(reason ?? "The storage did not say whether the directory was written.");
        }

        LogInDoubt(logger, _commit.Position, _commit.Segment, reason ?? "no reason given");
        _doubt = new CommitInDoubt(
            log.Segment!, _commit.Position,
            [.. _taken.Where(writer => writer.Operation == WriterOperation.Append && writer.PartLength > 0).Select(writer => (writer, writer.Batch!))],
            [.. _commit.Creations.Select(run => run.Summary.Id)]);
        return new JournalUnavailableException(reason ?? "The storage did not say whether the commit was written.");
    }

    private void Drop(RunWriter writer)
    {
        if (writer.Operation == WriterOperation.Release)
        {
            CompletedWriters.GoOn([writer]);
        }
        else
        {
            writer.Fail(new OwnershipLostException(writer.Id));
        }
    }

    private static bool IsSame(EntryBatch one, EntryBatch other) =>
        one.FirstNumber == other.FirstNumber && one.Count == other.Count && one.Data.Span.SequenceEqual(other.Data.Span);
}
