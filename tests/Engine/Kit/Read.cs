using System.Text;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Readers;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>Reads readers to where they can not go on.</summary>
internal static class Read
{
    /// <summary>All bytes to the end, and how it came.</summary>
    public static async Task<(string Text, ReaderReadKind End)> AllAsync(IRunReader reader)
    {
        var text = new MemoryStream();
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            if (read.Kind != ReaderReadKind.Data)
            {
                return (Encoding.UTF8.GetString(text.ToArray()), read.Kind);
            }

            Assert.False(read.Bytes.IsEmpty);
            text.Write(read.Bytes.Span);
        }
    }

    public static EntryFollower Follower(IRunJournal journal, long from = 1, RunTail? tail = null, bool unfinished = false) =>
        new(journal, RunRecording.Id, from, tail, unfinished, TimeProvider.System, Timeout.InfiniteTimeSpan);

    /// <summary>A tail with the batches from some index on in memory, those before them gone, and closed as asked.</summary>
    public static RunTail Tail(IReadOnlyList<Entries.EntryBatch> batches, int firstHot = 0, TailEnd end = TailEnd.Ended)
    {
        var tail = new RunTail(new TailBudget());
        if (firstHot > 0)
        {
            tail.Start(batches[firstHot - 1].LastNumber);
        }

        foreach (var batch in batches.Skip(firstHot))
        {
            tail.Publish(batch);
        }

        if (end != TailEnd.Open)
        {
            tail.Close(end);
        }

        return tail;
    }
}
