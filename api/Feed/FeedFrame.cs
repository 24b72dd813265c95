using System.Buffers;
using System.Text;
using System.Text.Json;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Feed;

/// <summary>What feeds are told at one moment.</summary>
/// <param name="Bytes">Server-sent events, whole ones; empty for nothing.</param>
/// <param name="After">The place up to which everything has been told with them.</param>
/// <param name="Moved">The number up to which everything that is more than progress has been told.</param>
internal sealed record FeedFrame(ReadOnlyMemory<byte> Bytes, FeedPosition After, long Moved)
{
    public static FeedFrame Read(FeedQuestion question, RunChanges changes, bool isWhole)
    {
        var page = changes.Read(question.Tenant, question.After, isWhole ? null : question.Moved);

        // The place in a frame of what is more than progress is the old one: who comes back with it is told the progress, too.
        var after = isWhole || page.TooOld ? page.Position : question.After;
        var bytes = new ArrayBufferWriter<byte>();
        if (page.TooOld)
        {
            WriteReset(bytes);
        }

        foreach (var change in page.Changes)
        {
            if (IsAsked(question, change))
            {
                Write(bytes, change, change.Summary is null ? "event: deleted\ndata: "u8 : "event: run\ndata: "u8);
            }
            else if (HasLeft(question, change))
            {
                Write(bytes, change, "event: left\ndata: "u8);
            }
        }

        if (bytes.WrittenCount > 0)
        {
            WriteId(bytes, after);
        }

        return new FeedFrame(bytes.WrittenMemory, after, page.Position.Number);
    }

    /// <summary>An event of its own, which clients only take the place from.</summary>
    public static void WriteId(IBufferWriter<byte> output, FeedPosition position) => output.Write(Encoding.ASCII.GetBytes($"id: {position}\n\n"));

    public static void WriteReset(IBufferWriter<byte> output) => output.Write("event: reset\ndata: {}\n\n"u8);

    private static bool IsAsked(FeedQuestion question, RunChange change) =>
        question.Statuses == 0 || change.Summary is null || (question.Statuses & (1 << (int)change.Summary.Status)) != 0;

    /// <summary>Whether it may have had a status that is asked for: a run is queued, then running, then it has ended. Of what the feed has told
    /// of it nothing is kept, so that it is told each time it moves on, and also where the reader never saw it.</summary>
    private static bool HasLeft(FeedQuestion question, RunChange change)
    {
        var earlier = change.Summary!.Status switch
        {
            RunStatus.Queued => 0,
            RunStatus.Running => 1 << (int)RunStatus.Queued,
            _ => (1 << (int)RunStatus.Queued) | (1 << (int)RunStatus.Running),
        };
        return change.Moved && (question.Statuses & earlier) != 0;
    }

    private static void Write(ArrayBufferWriter<byte> output, RunChange change, ReadOnlySpan<byte> before)
    {
        output.Write(before);
        var from = output.WrittenCount;
        using (var json = new Utf8JsonWriter(output, RunJson.WriterOptions))
        {
            if (change.Summary is { } run)
            {
                RunPageJson.Write(json, run);
            }
            else
            {
                json.WriteStartObject();
                json.WriteString("id", change.Run.ToString());
                json.WriteEndObject();
            }
        }

        // Metadata is as it was submitted, and may have line breaks between its tokens; within them JSON has none.
        var written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(output.WrittenMemory[from..]).Span;
        written.Replace((byte)'\n', (byte)' ');
        written.Replace((byte)'\r', (byte)' ');
        output.Write("\n\n"u8);
    }
}
