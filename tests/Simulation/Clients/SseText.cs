using System.Globalization;
using System.Text;

namespace Orchestrator.Simulation.Tests.Clients;

/// <summary>Takes the service's event stream apart.</summary>
internal static class SseText
{
    public static IEnumerable<(long Seq, string Text)> Events(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf("\n\n", start, StringComparison.Ordinal);
            if (end < 0)
            {
                throw new InvalidDataException($"A reader got a part of an event: {text[start..]}");
            }

            var block = text[start..end];
            start = end + 2;
            yield return (Id(block), block);
        }
    }

    public static bool IsTerminal(string block) =>
        block.Contains("\nevent: run.completed\n", StringComparison.Ordinal)
        || block.Contains("\nevent: run.failed\n", StringComparison.Ordinal)
        || block.Contains("\nevent: run.cancelled\n", StringComparison.Ordinal);

    public static string Data(string block) => block[(block.IndexOf("\ndata: ", StringComparison.Ordinal) + 7)..];

    private static long Id(string block)
    {
        var line = block.AsSpan(0, block.IndexOf('\n', StringComparison.Ordinal));
        return long.Parse(line["id: ".Length..], CultureInfo.InvariantCulture);
    }
}
