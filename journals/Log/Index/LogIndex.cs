using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Committing;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Index;

/// <summary>
/// Where the entries lie that are in the log and not yet in the runs' files: those of this writer's acknowledged commits, and those of
/// other writers' segments as far as they were scanned.
/// </summary>
internal sealed class LogIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, RunLog> _runs = [];
    private readonly Dictionary<SegmentId, LogSegment> _segments = [];

    public LogSegment GetSegment(SegmentId id)
    {
        lock (_gate)
        {
            if (!_segments.TryGetValue(id, out var segment))
            {
                segment = new LogSegment(id);
                _segments.Add(id, segment);
            }

            return segment;
        }
    }

    /// <summary>Those that the storage is known to have had.</summary>
    public IReadOnlyList<LogSegment> RegisteredSegments()
    {
        lock (_gate)
        {
            return [.. _segments.Values.Where(segment => segment.Registered)];
        }
    }

    /// <summary>Makes the parts of a commit visible and their writers' runs owned.</summary>
    public void AddCommitted(LogSegment segment, int position, IReadOnlyList<RunWriter> writers)
    {
        lock (_gate)
        {
            foreach (var writer in writers)
            {
                if (writer.Batch is not { } batch || writer.PartLength == 0)
                {
                    continue;
                }

                if (writer.Operation == WriterOperation.Create)
                {
                    Install(writer, 0);
                }

                var log = writer.Log!;
                log.LastNumber = batch.LastNumber;
                Add(log, new RunPart(segment, position, writer.PartOffset, writer.PartLength, batch.FirstNumber, batch.Count), batch.Checkpoint);
            }
        }
    }

    /// <summary>Acknowledges a batch whose commit seemed to fail and was found in the log.</summary>
    public void Acknowledge(RunWriter writer, long lastNumber)
    {
        lock (_gate)
        {
            writer.Log!.LastNumber = lastNumber;
        }
    }

    /// <summary>Adds a block of another writer, or one of this writer's whose commit seemed to fail.</summary>
    /// <param name="segment">Whose block.</param>
    /// <param name="position">Where it begins.</param>
    /// <param name="block">A frame that was found whole.</param>
    /// <param name="ended">Where given, gets the summaries that end a run.</param>
    public void AddScanned(LogSegment segment, int position, ReadOnlySpan<byte> block, Dictionary<RunId, RunSummary>? ended)
    {
        var parts = PartReader.OfBlock(block);
        lock (_gate)
        {
            while (parts.MoveNext())
            {
                var part = parts.Current;
                if (!_runs.TryGetValue(part.Run, out var log))
                {
                    log = new RunLog(part.Run);
                    _runs.Add(part.Run, log);
                }

                Add(log, new RunPart(segment, position, part.Offset, part.Length, part.FirstNumber, part.Count), part.ToCheckpoint());
                if (ended is not null && !part.Summary.IsEmpty && SummaryCodec.Decode(part.Summary) is var summary && summary.Status.IsEnded())
                {
                    ended[part.Run] = summary;
                }
            }

            segment.End = position + block.Length;
        }
    }

    /// <summary>Gives a run to a writer of this process; the one that had it is lost.</summary>
    /// <param name="writer">The new one.</param>
    /// <param name="lastFound">The run's last entry as log and file had it, after the seal.</param>
    public void Install(RunWriter writer, long lastFound)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(writer.Id, out var log))
            {
                log = new RunLog(writer.Id);
                _runs.Add(writer.Id, log);
            }

            // What was acknowledged counts while the run is owned here. What landed without being acknowledged is part of the run from
            // its next owner on.
            var found = log.Writer is { } previous ? previous.Landed?.LastNumber ?? 0 : lastFound;
            log.LastNumber = Math.Max(log.LastNumber, found);
            log.Writer?.Lose();
            log.Writer = writer;
            writer.Log = log;
        }
    }

    /// <summary>The writer's run is not owned here any more, unless by another writer.</summary>
    public void Uninstall(RunWriter writer)
    {
        lock (_gate)
        {
            if (writer.Log is { } log && log.Writer == writer)
            {
                log.Writer = null;
                log.LastNumber = 0;
                RemoveIfIdle(log);
            }
        }
    }

    public IReadOnlyList<RunWriter> Writers()
    {
        lock (_gate)
        {
            return [.. _runs.Values.Select(log => log.Writer).OfType<RunWriter>()];
        }
    }

    /// <summary>Whether this process owns the run, and its last acknowledged entry.</summary>
    public bool TryGetOwned(RunId run, out long lastNumber)
    {
        lock (_gate)
        {
            var owned = _runs.TryGetValue(run, out var log) && log.Writer is not null;
            lastNumber = owned ? log!.LastNumber : 0;
            return owned;
        }
    }

    public bool TryFind(RunId run, long number, out RunPart part)
    {
        lock (_gate)
        {
            part = default;
            return _runs.TryGetValue(run, out var log) && log.TryFind(number, out part);
        }
    }

    /// <summary>The parts that have a run's entries from a number on without a gap; none where the first entry is not in the log.</summary>
    /// <param name="run">The run.</param>
    /// <param name="number">The first entry.</param>
    /// <param name="last">No part that begins after this entry.</param>
    /// <param name="maxParts">So many parts at most.</param>
    /// <param name="maxBytes">So many bytes at most, or one part.</param>
    public List<RunPart> FindPage(RunId run, long number, long last, int maxParts, int maxBytes)
    {
        lock (_gate)
        {
            return _runs.TryGetValue(run, out var log) ? log.FindPage(number, last, maxParts, maxBytes) : [];
        }
    }

    /// <summary>Where, in each segment that has them, the entries of some runs begin: those from a number on.</summary>
    /// <param name="from">The number by run.</param>
    public IReadOnlyDictionary<SegmentId, int> FindFirstPositions(IReadOnlyDictionary<RunId, long> from)
    {
        var first = new Dictionary<SegmentId, int>();
        lock (_gate)
        {
            foreach (var (run, number) in from)
            {
                if (_runs.TryGetValue(run, out var log))
                {
                    log.AddFirstPositions(number, first);
                }
            }
        }

        return first;
    }

    public long LastPartNumber(RunId run)
    {
        lock (_gate)
        {
            return _runs.TryGetValue(run, out var log) ? log.LastPartNumber : 0;
        }
    }

    public CheckpointMark? FindCheckpoint(RunId run, long seq)
    {
        lock (_gate)
        {
            return _runs.TryGetValue(run, out var log) ? log.FindCheckpoint(seq) : null;
        }
    }

    /// <summary>The segment's entries are to be looked for in the runs' files from now on.</summary>
    public void Forget(LogSegment segment)
    {
        RunLog[] runs;
        lock (_gate)
        {
            segment.Compacted = true;
            runs = [.. segment.Runs];
            segment.Runs.Clear();
        }

        // Run by run, so that commits do not wait for a whole segment.
        foreach (var log in runs)
        {
            lock (_gate)
            {
                log.Remove(segment);
                RemoveIfIdle(log);
            }
        }
    }

    /// <summary>The segment is gone from the storage.</summary>
    public void Drop(LogSegment segment)
    {
        Forget(segment);
        lock (_gate)
        {
            _segments.Remove(segment.Id);
        }
    }

    /// <summary>A run was deleted: its parts are not looked for any more, and their segments are marked.</summary>
    public void Delete(RunId run)
    {
        lock (_gate)
        {
            if (_runs.Remove(run, out var log))
            {
                foreach (var segment in log.Segments())
                {
                    segment.HasDeleted = true;
                }
            }
        }
    }

    private static void Add(RunLog log, in RunPart part, Checkpoint? checkpoint)
    {
        if (!part.Segment.Compacted)
        {
            log.Add(part, checkpoint);
        }
    }

    private void RemoveIfIdle(RunLog log)
    {
        if (log.IsEmpty && log.Writer is null && _runs.TryGetValue(log.Id, out var current) && current == log)
        {
            _runs.Remove(log.Id);
        }
    }
}
