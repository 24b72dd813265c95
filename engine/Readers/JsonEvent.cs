namespace Orchestrator.Engine.Readers;

/// <summary>A JSON document as one server-sent event: each of its lines is a line of data.</summary>
internal static class JsonEvent
{
    private static ReadOnlySpan<byte> Field => "data: "u8;

    public static int LengthOf(ReadOnlySpan<byte> json)
    {
        var length = 1;
        foreach (var line in Lines(json))
        {
            length += Field.Length + (line.End.Value - line.Start.Value) + 1;
        }

        return length;
    }

    /// <param name="json">The document; its line ends, between its tokens, become line feeds.</param>
    /// <param name="to">At least as long as <see cref="LengthOf"/> says.</param>
    public static void Write(ReadOnlySpan<byte> json, Span<byte> to)
    {
        foreach (var line in Lines(json))
        {
            Field.CopyTo(to);
            json[line].CopyTo(to[Field.Length..]);
            to = to[(Field.Length + line.End.Value - line.Start.Value)..];
            to[0] = (byte)'\n';
            to = to[1..];
        }

        to[0] = (byte)'\n';
    }

    private static MemoryExtensions.SpanSplitEnumerator<byte> Lines(ReadOnlySpan<byte> json) => json.SplitAny("\r\n"u8);
}
