using System.Globalization;
using System.Text;

namespace Orchestrator.Bench.Load;

/// <summary>Reads HTTP/1.1 responses off a connection, one after the other, without copying their bodies.</summary>
internal sealed class ResponseReader
{
    private const int LongestHead = 16 * 1024;

    private readonly byte[] _head = new byte[LongestHead];
    private Part _part;
    private int _headLength;
    private long _left;

    private enum Part
    {
        Head = 0,
        ChunkSize = 1,
        Chunk = 2,
        ChunkEnd = 3,
        Trailer = 4,
        Length = 5,
        UntilClose = 6,
        Done = 7,
    }

    public int Status { get; private set; }

    /// <summary>The path of the <c>Location</c> header, null without one.</summary>
    public string? Location { get; private set; }

    /// <summary>Whether the response is complete. <see cref="Next"/> begins another one.</summary>
    public bool IsDone => _part == Part.Done;

    /// <summary>Whether the end of the connection ends the response in order.</summary>
    public bool EndsByClosing => _part == Part.UntilClose;

    public void Next()
    {
        _part = Part.Head;
        _headLength = 0;
        Status = 0;
        Location = null;
    }

    /// <summary>Takes the next part of the response off the input. False when it needs more or is done; the body's bytes where it found some.</summary>
    public bool TryRead(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> body)
    {
        body = default;
        while (!input.IsEmpty && _part != Part.Done)
        {
            switch (_part)
            {
                case Part.Head:
                    ReadHead(ref input);
                    break;
                case Part.ChunkSize:
                    ReadChunkSize(ref input);
                    break;
                case Part.ChunkEnd:
                case Part.Trailer:
                    ReadLineEnd(ref input);
                    break;
                default:
                    body = TakeBody(ref input);
                    return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> TakeBody(ref ReadOnlySpan<byte> input)
    {
        var body = _part == Part.UntilClose ? input : input[..(int)Math.Min(_left, input.Length)];
        input = input[body.Length..];
        _left -= body.Length;
        if (_left == 0 && _part != Part.UntilClose)
        {
            _part = _part == Part.Chunk ? Part.ChunkEnd : Part.Done;
        }

        return body;
    }

    private void ReadChunkSize(ref ReadOnlySpan<byte> input)
    {
        var at = 0;
        while (at < input.Length)
        {
            var character = input[at++];
            if (char.IsAsciiHexDigit((char)character))
            {
                _left = (_left << 4) + (character <= '9' ? character - '0' : (character | 0x20) - 'a' + 10);
            }
            else if (character == '\n')
            {
                _part = _left == 0 ? Part.Trailer : Part.Chunk;
                break;
            }
        }

        input = input[at..];
    }

    /// <summary>The line end after a chunk, or the empty line after the last: nothing that is measured sends trailers.</summary>
    private void ReadLineEnd(ref ReadOnlySpan<byte> input)
    {
        var end = input.IndexOf((byte)'\n');
        input = end < 0 ? default : input[(end + 1)..];
        if (end >= 0)
        {
            _left = 0;
            _part = _part == Part.Trailer ? Part.Done : Part.ChunkSize;
        }
    }

    private void ReadHead(ref ReadOnlySpan<byte> input)
    {
        var before = _headLength;
        var copied = Math.Min(input.Length, LongestHead - before);
        input[..copied].CopyTo(_head.AsSpan(before));
        var end = _head.AsSpan(0, before + copied).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            _headLength = before + copied;
            input = input[copied..];
            if (_headLength == LongestHead)
            {
                throw new InvalidDataException("A response's head is longer than 16 KiB.");
            }

            return;
        }

        input = input[(end + 4 - before)..];
        Understand(Encoding.ASCII.GetString(_head, 0, end));
    }

    private void Understand(string head)
    {
        var lines = head.Split("\r\n");
        Status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
        _part = Part.UntilClose;
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                _left = long.Parse(value, CultureInfo.InvariantCulture);
                _part = _left == 0 ? Part.Done : Part.Length;
            }
            else if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                _left = 0;
                _part = Part.ChunkSize;
            }
            else if (name.Equals("Location", StringComparison.OrdinalIgnoreCase))
            {
                Location = Uri.TryCreate(value, UriKind.Absolute, out var absolute) && absolute.Scheme == "http" ? absolute.AbsolutePath : value;
            }
        }

        if (Status == 204)
        {
            _part = Part.Done;
        }
    }
}
