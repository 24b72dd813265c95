using System.Text;
using System.Text.Json;

namespace Orchestrator.Emulator.Tests.Kit;

/// <summary>One event, split by the plain rules of server-sent events; written apart from what it checks.</summary>
/// <param name="Name">The event field.</param>
/// <param name="Data">The data field.</param>
/// <param name="Raw">Its bytes, terminator included, comment blocks before it not.</param>
internal sealed record SseEvent(string? Name, string Data, byte[] Raw)
{
    public bool IsMarker => Data == "[DONE]" || Name == "message_stop";

    public JsonElement Json => JsonElement.Parse(Data);

    /// <summary>The complete events; what comes after the last blank line is none.</summary>
    public static IReadOnlyList<SseEvent> Split(byte[] body)
    {
        List<SseEvent> events = [];
        List<string> fields = [];
        var blockStart = 0;
        var lineStart = 0;
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\n')
            {
                continue;
            }

            var line = Encoding.UTF8.GetString(body, lineStart, i - lineStart).TrimEnd('\r');
            lineStart = i + 1;
            if (line.Length > 0)
            {
                fields.Add(line);
                continue;
            }

            if (fields.Exists(static f => f[0] != ':'))
            {
                events.Add(new(Field(fields, "event: "), Field(fields, "data: ") ?? "", body[blockStart..lineStart]));
            }

            fields.Clear();
            blockStart = lineStart;
        }

        return events;
    }

    private static string? Field(List<string> fields, string name) =>
        fields.Find(f => f.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
