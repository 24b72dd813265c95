namespace Orchestrator.Gateway;

/// <summary>Takes the fields of one event apart (WHATWG HTML, 9.2.6): data lines joined by LF, the last event name.</summary>
internal static class SseFields
{
    /// <summary>Appends the data to the reading.</summary>
    /// <returns>The event's name, empty where it has none.</returns>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> rawEvent, ChunkReading into)
    {
        ReadOnlySpan<byte> name = default;
        var hasData = false;
        while (!rawEvent.IsEmpty)
        {
            var end = rawEvent.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? rawEvent : rawEvent[..end];
            rawEvent = end < 0 ? default : rawEvent[(end + 1)..];
            if (IsField(line, "data"u8, out var value))
            {
                if (hasData)
                {
                    into.Append("\n"u8);
                }

                into.Append(value);
                hasData = true;
            }
            else if (IsField(line, "event"u8, out value))
            {
                name = value;
            }
        }

        return name;
    }

    private static bool IsField(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!line.StartsWith(field))
        {
            return false;
        }

        if (line.Length == field.Length)
        {
            return true;
        }

        value = line[(field.Length + 1)..];
        value = value.StartsWith(" "u8) ? value[1..] : value;
        return line[field.Length] == (byte)':';
    }
}
