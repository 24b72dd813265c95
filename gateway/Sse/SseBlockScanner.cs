namespace Orchestrator.Gateway;

/// <summary>
/// Finds the ends of the blocks of an event stream: runs of lines up to a blank one. Lines end with LF, CRLF or CR; after a CR the next
/// byte decides whether an LF belongs to it. Fed with bytes split anywhere, it looks at each byte once.
/// </summary>
internal struct SseBlockScanner
{
    private Place _place;

    private enum Place : byte
    {
        LineStart,
        InLine,
        AfterCr,
        AfterBlankCr,
    }

    /// <summary>Whether the block so far has a field: a line that is neither blank nor a comment. Without one it is no event.</summary>
    public bool HasField { get; private set; }

    /// <summary>Whether the block is complete if nothing follows: it ended with a CR that may have had an LF to come.</summary>
    public readonly bool EndsHere => _place == Place.AfterBlankCr;

    /// <summary>Forgets the block that ended.</summary>
    public void StartBlock()
    {
        _place = Place.LineStart;
        HasField = false;
    }

    /// <returns>How many of the bytes belong to the block: all of them, unless it <paramref name="ended"/> before.</returns>
    public int Take(ReadOnlySpan<byte> bytes, out bool ended)
    {
        var at = 0;
        ended = false;
        while (at < bytes.Length)
        {
            switch (_place)
            {
                case Place.LineStart:
                    var first = bytes[at];
                    if (first == (byte)'\n')
                    {
                        ended = true;
                        return at + 1;
                    }

                    if (first == (byte)'\r')
                    {
                        _place = Place.AfterBlankCr;
                        at++;
                        break;
                    }

                    HasField |= first != (byte)':';
                    _place = Place.InLine;
                    break;

                case Place.InLine:
                    var length = bytes[at..].IndexOfAny((byte)'\n', (byte)'\r');
                    if (length < 0)
                    {
                        return bytes.Length;
                    }

                    at += length + 1;
                    _place = bytes[at - 1] == (byte)'\r' ? Place.AfterCr : Place.LineStart;
                    break;

                case Place.AfterCr:
                    at += bytes[at] == (byte)'\n' ? 1 : 0;
                    _place = Place.LineStart;
                    break;

                default:
                    ended = true;
                    return at + (bytes[at] == (byte)'\n' ? 1 : 0);
            }
        }

        return at;
    }
}
