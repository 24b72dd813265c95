namespace Orchestrator.Bench.Load;

/// <summary>Counts the complete server-sent events of one stream, whatever pieces it comes in. Blocks that are comments are none.</summary>
internal sealed class EventCounter
{
    private bool _atStart = true;
    private bool _comment;
    private bool _endedInNewline;

    /// <summary>The number of events that end in these bytes.</summary>
    public int Count(ReadOnlySpan<byte> bytes)
    {
        var events = 0;
        while (!bytes.IsEmpty)
        {
            if (_atStart)
            {
                _atStart = false;
                _comment = bytes[0] == ':';
                _endedInNewline = false;
            }

            var end = 1;
            if (!_endedInNewline || bytes[0] != '\n')
            {
                end = bytes.IndexOf("\n\n"u8) + 2;
                if (end < 2)
                {
                    _endedInNewline = bytes[^1] == '\n';
                    break;
                }
            }

            events += _comment ? 0 : 1;
            _atStart = true;
            bytes = bytes[end..];
        }

        return events;
    }

    /// <summary>The connection broke: what it had of an event is dropped.</summary>
    public void Reset() => _atStart = true;
}
