using System.Globalization;
using System.Text;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>
/// A journal as text. Per batch: a line that says what it is, what its entries say (for people: never read back), and its bytes in base 64
/// on lines that begin with a bar.
/// </summary>
internal static class JournalText
{
    private const string BytesMark = "| ";
    private const int Columns = 120;

    public static string Format(IEnumerable<EntryBatch> batches)
    {
        var text = new StringBuilder();
        foreach (var batch in batches)
        {
            text.Append(CultureInfo.InvariantCulture, $"batch {batch.FirstNumber} count {batch.Count} time {batch.BaseTime}");
            if (batch.Checkpoint is { } checkpoint)
            {
                text.Append(CultureInfo.InvariantCulture, $" seq {checkpoint.Seq} state {Convert.ToHexStringLower(checkpoint.State.Span)}");
            }

            text.Append('\n');
            foreach (var entry in batch)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {entry.Number} +{entry.Time - batch.BaseTime} {entry.Kind} {Disassembly.Of(entry)}\n");
            }

            var bytes = Convert.ToBase64String(batch.Data.Span);
            for (var i = 0; i < bytes.Length; i += Columns)
            {
                text.Append(BytesMark).Append(bytes.AsSpan(i, Math.Min(Columns, bytes.Length - i))).Append('\n');
            }
        }

        return text.ToString();
    }

    public static IReadOnlyList<EntryBatch> Parse(string text)
    {
        var batches = new List<EntryBatch>();
        string[]? head = null;
        var bytes = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(BytesMark, StringComparison.Ordinal))
            {
                bytes.Append(line.AsSpan(BytesMark.Length));
            }
            else if (line.StartsWith("batch ", StringComparison.Ordinal))
            {
                Add(batches, head, bytes);
                head = line.Split(' ');
            }
        }

        Add(batches, head, bytes);
        return batches;
    }

    private static void Add(List<EntryBatch> batches, string[]? head, StringBuilder bytes)
    {
        if (head is not null)
        {
            var checkpoint = head.Length > 6 ? new Checkpoint(Number(head[7]), Convert.FromHexString(head[9])) : null;
            batches.Add(new EntryBatch(Number(head[1]), (int)Number(head[3]), Number(head[5]), Convert.FromBase64String(bytes.ToString()), checkpoint));
            bytes.Clear();
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
