using System.Buffers;
using System.Text;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Tests;

public sealed class EntryBatchTests
{
    [Fact]
    public void Entries_come_back_as_they_went_in()
    {
        var builder = new EntryBatchBuilder();
        builder.AddUpstreamEvent(1_000, 1, new ReadOnlySequence<byte>("data: a\n\n"u8.ToArray()));
        builder.AddUpstreamEvent(1_250, 1, new ReadOnlySequence<byte>(new byte[200_000]));
        builder.AddUpstreamEvent(900, 300, new ReadOnlySequence<byte>("data: c\n\n"u8.ToArray()));
        var batch = builder.Build(7);

        var entries = new List<(long Number, long Time, int Attempt, int Length)>();
        foreach (var entry in batch)
        {
            Assert.Equal(EntryKind.UpstreamEvent, entry.Kind);
            var raw = EntryCodec.ReadUpstreamEvent(entry.Payload, out var attempt);
            entries.Add((entry.Number, entry.Time, attempt, raw.Length));
        }

        Assert.Equal([(7, 1_000, 1, 9), (8, 1_250, 1, 200_000), (9, 900, 300, 9)], entries);
        Assert.Equal(9, batch.LastNumber);
        Assert.Equal(0, builder.Count);
    }

    [Fact]
    public void A_builder_is_used_again_and_earlier_batches_do_not_change()
    {
        var builder = new EntryBatchBuilder();
        builder.Add(5, new AttemptDetached { Attempt = 1, Offset = 3, Reason = DetachReasons.Idle });
        var first = builder.Build(1);
        var bytes = first.Data.ToArray();
        builder.Add(6, new AttemptDetached { Attempt = 2, Offset = 4, Reason = DetachReasons.Broken });
        builder.Build(2);
        Assert.Equal(bytes, first.Data.ToArray());
    }

    [Fact]
    public void Bytes_that_are_no_entries_are_refused_at_every_cut()
    {
        var builder = new EntryBatchBuilder();
        builder.AddUpstreamEvent(1_000, 1, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes("data: a\n\n")));
        builder.AddUpstreamEvent(1_001, 1, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes("data: b\n\n")));
        var whole = builder.Build(1);
        for (var cut = 0; cut < whole.Data.Length; cut++)
        {
            var batch = new EntryBatch(1, 2, whole.BaseTime, whole.Data[..cut]);
            Assert.Throws<InvalidDataException>(() => Count(batch));
        }

        Assert.Throws<InvalidDataException>(() => Count(new EntryBatch(1, 1, whole.BaseTime, whole.Data)));
    }

    private static int Count(EntryBatch batch)
    {
        var count = 0;
        foreach (var _ in batch)
        {
            count++;
        }

        return count;
    }
}
