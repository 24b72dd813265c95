using System.Text;

namespace Orchestrator.Gateway.Tests;

/// <summary>Readings in a form that tests can compare.</summary>
internal static class Reading
{
    public static ChunkReading Event(WireFormat wire, string raw) => Event(wire, Encoding.UTF8.GetBytes(raw));

    /// <param name="carried">Of the event before, see <see cref="WireReader"/>.</param>
    public static ChunkReading Event(WireFormat wire, byte[] raw, long carried = 0)
    {
        var reading = new ChunkReading();
        WireReader.Read(wire, raw, reading, carried);
        return reading;
    }

    public static ChunkReading Data(WireFormat wire, string json, long carried = 0) =>
        Event(wire, Encoding.UTF8.GetBytes($"data: {json}\n\n"), carried);

    public static ChunkReading Document(WireFormat wire, string json)
    {
        var reading = new ChunkReading();
        WireReader.ReadDocument(wire, Encoding.UTF8.GetBytes(json), reading);
        return reading;
    }

    /// <summary>One line a delta: <c>Text:Hello</c>, <c>ToolCall[0] id=a name=b:{"x":1}</c>.</summary>
    public static string[] Lines(this ChunkReading reading)
    {
        var lines = new List<string>();
        foreach (var delta in reading.Deltas)
        {
            var call = delta.Kind == DeltaKind.ToolCall ? $"[{delta.Index}] id={delta.ToolId} name={delta.ToolName}" : "";
            lines.Add($"{delta.Kind}{call}:{JsonText.Unescape(reading.EscapedText(delta))}");
        }

        return [.. lines];
    }

    public static string Escaped(this ChunkReading reading, int delta = 0) =>
        Encoding.UTF8.GetString(reading.EscapedText(reading.Deltas[delta]));
}
