using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Committing;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Index;

/// <summary>
/// The parts of one run that are in the log, by entry number; earlier entries are in the run's file. Guarded by its <see cref="LogIndex"/>.
/// </summary>
internal sealed class RunLog(RunId id)
{
    private RunPart[] _parts = [];
    private int _count;
    private List<CheckpointMark>? _checkpoints;

    public RunId Id { get; } = id;

    /// <summary>Who may append here; null where this process does not own the run.</summary>
    public RunWriter? Writer { get; set; }

    /// <summary>While owned: the last entry that was acknowledged, or that the takeover found.</summary>
    public long LastNumber { get; set; }

    public bool IsEmpty => _count == 0;

    public long LastPartNumber => _count == 0 ? 0 : _parts[_count - 1].LastNumber;

    /// <summary>Adds a part; one whose entries are known already is left out: it landed twice.</summary>
    public void Add(in RunPart part, Checkpoint? checkpoint)
    {
        var at = _count;
        while (at > 0 && _parts[at - 1].FirstNumber >= part.FirstNumber)
        {
            at--;
        }

        if (at < _count && _parts[at].FirstNumber == part.FirstNumber)
        {
            return;
        }

        if (_count == _parts.Length)
        {
            Array.Resize(ref _parts, Math.Max(4, _count + (_count / 2)));
        }

        Array.Copy(_parts, at, _parts, at + 1, _count - at);
        _parts[at] = part;
        _count++;
        if ((at == 0 || _parts[at - 1].Segment != part.Segment) && (at + 1 == _count || _parts[at + 1].Segment != part.Segment))
        {
            part.Segment.Runs.Add(this);
        }

        if (checkpoint is not null)
        {
            (_checkpoints ??= []).Add(new CheckpointMark(part.Segment, part.FirstNumber, checkpoint));
        }
    }

    public bool TryFind(long number, out RunPart part)
    {
        var at = IndexOf(number);
        part = at < 0 ? default : _parts[at];
        return at >= 0;
    }

    /// <inheritdoc cref="LogIndex.FindPage"/>
    public List<RunPart> FindPage(long number, long last, int maxParts, int maxBytes)
    {
        var page = new List<RunPart>();
        var bytes = 0;
        for (var at = IndexOf(number);
            at >= 0 && at < _count && (page.Count == 0 || _parts[at].FirstNumber == page[^1].LastNumber + 1) && _parts[at].FirstNumber <= last;
            at++)
        {
            bytes += _parts[at].Length;
            if (page.Count > 0 && (page.Count == maxParts || bytes > maxBytes))
            {
                break;
            }

            page.Add(_parts[at]);
        }

        return page;
    }

    /// <summary>Lowers the positions by segment to where this run's entries from a number on begin.</summary>
    public void AddFirstPositions(long number, Dictionary<SegmentId, int> first)
    {
        for (var i = _count - 1; i >= 0 && _parts[i].LastNumber >= number; i--)
        {
            // Going backwards, a segment's first part of the run is the last one that is met.
            if (i == 0 || _parts[i - 1].LastNumber < number || _parts[i - 1].Segment != _parts[i].Segment)
            {
                var (segment, position) = (_parts[i].Segment.Id, _parts[i].Position);
                first[segment] = first.TryGetValue(segment, out var known) ? Math.Min(known, position) : position;
            }
        }
    }

    /// <summary>The checkpoint with the greatest seq that is at most the given one.</summary>
    public CheckpointMark? FindCheckpoint(long seq)
    {
        CheckpointMark? best = null;
        foreach (var mark in _checkpoints ?? [])
        {
            if (mark.Checkpoint.Seq <= seq && (best is null || mark.Checkpoint.Seq > best.Value.Checkpoint.Seq))
            {
                best = mark;
            }
        }

        return best;
    }

    public void Remove(LogSegment segment)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_parts[i].Segment != segment)
            {
                _parts[kept++] = _parts[i];
            }
        }

        Array.Clear(_parts, kept, _count - kept);
        _count = kept;
        _checkpoints?.RemoveAll(mark => mark.Segment == segment);
    }

    public IEnumerable<LogSegment> Segments() => _parts.Take(_count).Select(part => part.Segment).Distinct();

    /// <summary>The part that has an entry; negative where there is none.</summary>
    private int IndexOf(long number)
    {
        var low = 0;
        var high = _count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_parts[middle].FirstNumber > number)
            {
                high = middle - 1;
            }
            else if (_parts[middle].LastNumber < number)
            {
                low = middle + 1;
            }
            else
            {
                return middle;
            }
        }

        return -1;
    }
}
