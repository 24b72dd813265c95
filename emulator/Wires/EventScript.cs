namespace Orchestrator.Emulator.Wires;

/// <summary>All events of one streamed answer, any of which can be written at any time. Immutable: readers share it.</summary>
internal sealed class EventScript
{
    /// <summary>What is cut off a malformed event's end: enough to break any of the payloads.</summary>
    private const int MalformedCut = 3;

    private readonly (int From, IEventSegment Segment)[] _segments;
    private readonly byte[] _comment;
    private readonly byte[]? _error;
    private readonly int? _malformed;
    private readonly int _terminatorBytes;

    public EventScript(
        IReadOnlyList<IEventSegment> segments, int events, byte[] comment, byte[]? error, int? malformed, int terminatorBytes)
    {
        Events = events;
        _comment = comment;
        _error = error;
        _malformed = malformed;
        _terminatorBytes = terminatorBytes;
        _segments = new (int, IEventSegment)[segments.Count];
        var from = 0;
        for (var i = 0; i < segments.Count; i++)
        {
            _segments[i] = (from, segments[i]);
            from += segments[i].Count;
        }
    }

    /// <summary>How many events there are. Comment blocks are not events.</summary>
    public int Events { get; }

    /// <summary>Writes one event, after the comment block that precedes it unless those are left out.</summary>
    public void Write(int index, ByteSlab to, bool comments = true)
    {
        if (comments && _comment.Length > 0)
        {
            to.Write(_comment);
        }

        if (_error is not null && index == Events - 1)
        {
            to.Write(_error);
            return;
        }

        var at = _segments.Length - 1;
        while (_segments[at].From > index)
        {
            at--;
        }

        _segments[at].Segment.Write(index - _segments[at].From, to);
        if (index == _malformed)
        {
            Spoil(to);
        }
    }

    private void Spoil(ByteSlab to)
    {
        var terminator = to.Span[^_terminatorBytes..].ToArray();
        to.Truncate(to.Length - _terminatorBytes - MalformedCut);
        to.Write(terminator);
    }
}
