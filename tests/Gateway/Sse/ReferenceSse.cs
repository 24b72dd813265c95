using System.Text;

namespace Orchestrator.Gateway.Tests.Sse;

/// <summary>The events of a whole, cleanly ended stream, the slow and obvious way: first the lines, then the blocks, then the events.</summary>
internal static class ReferenceSse
{
    public static IReadOnlyList<string> Events(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        text = text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? text[3..] : text;
        var events = new List<string>();
        var block = new List<(string Content, string End)>();
        foreach (var line in Lines(text))
        {
            block.Add(line);
            if (line.Content.Length == 0)
            {
                if (block.Any(l => l.Content.Length > 0 && l.Content[0] != ':'))
                {
                    events.Add(string.Concat(block.Select(l => l.Content + l.End)));
                }

                block.Clear();
            }
        }

        return events;
    }

    /// <summary>Terminated lines only.</summary>
    private static IEnumerable<(string Content, string End)> Lines(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] switch
            {
                '\r' when i + 1 < text.Length && text[i + 1] == '\n' => "\r\n",
                '\r' => "\r",
                '\n' => "\n",
                _ => null,
            };
            if (end is not null)
            {
                yield return (text[start..i], end);
                i += end.Length - 1;
                start = i + 1;
            }
        }
    }
}
