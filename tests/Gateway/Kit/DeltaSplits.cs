namespace Orchestrator.Gateway.Tests;

/// <summary>Other ways in which the same answer could have been cut into events.</summary>
internal static class DeltaSplits
{
    /// <summary>Each has one event's text, or piece of arguments, spread over two events, cut at some place.</summary>
    public static IEnumerable<IReadOnlyList<byte[]>> Of(WireFormat wire, IReadOnlyList<byte[]> events)
    {
        var reading = new ChunkReading();
        var carried = 0L;
        for (var at = 0; at < events.Count; at++)
        {
            WireReader.Read(wire, events[at], reading, carried);
            carried = reading.Carried;
            foreach (var (first, second) in Halves(events[at], PieceOf(reading)))
            {
                yield return [.. events.Take(at), first, second, .. events.Skip(at + 1)];
            }
        }
    }

    /// <summary>What is escaped between quotes, where it is all that the event says.</summary>
    private static byte[] PieceOf(ChunkReading reading) =>
        reading.Deltas is [{ ToolName: null } only] && reading.FinishReason is null ? reading.EscapedText(only).ToArray() : [];

    private static IEnumerable<(byte[] First, byte[] Second)> Halves(byte[] raw, byte[] piece)
    {
        var start = piece.Length == 0 ? -1 : raw.AsSpan().IndexOf([(byte)'"', .. piece, (byte)'"']) + 1;
        if (start <= 0)
        {
            yield break;
        }

        foreach (var cut in Cuts(piece))
        {
            yield return (
                [.. raw[..(start + cut)], .. raw[(start + piece.Length)..]],
                [.. raw[..start], .. raw[(start + cut)..]]);
        }
    }

    /// <summary>Between two characters or escapes; between the halves of an escaped surrogate pair as well.</summary>
    private static IEnumerable<int> Cuts(byte[] piece)
    {
        for (var at = Step(piece, 0); at < piece.Length; at += Step(piece, at))
        {
            yield return at;
        }
    }

    private static int Step(byte[] piece, int at) => piece[at] switch
    {
        (byte)'\\' => piece[at + 1] == (byte)'u' ? 6 : 2,
        < 0x80 => 1,
        < 0xE0 => 2,
        < 0xF0 => 3,
        _ => 4,
    };
}
