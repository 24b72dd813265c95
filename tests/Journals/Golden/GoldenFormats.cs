using System.Buffers;
using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;

namespace Orchestrator.Journals.Tests.Golden;

/// <summary>The formats on disk. A test that fails here means that journals of today could not be read any more.</summary>
public sealed class GoldenFormats
{
    private static readonly RunId One = RunId.Parse("run_01JTESTRVN0000000000000001");
    private static readonly RunId Two = RunId.Parse("run_01JTESTRVN0000000000000002");

    private static readonly RunSummary Summary = new()
    {
        Id = One,
        Tenant = "acme",
        Status = RunStatus.Completed,
        Model = "openai/gpt-5-mini",
        Task = "text-generation",
        Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "ä" },
        MetadataJson = """{"team":"ä"}""",
        CreatedAt = 1_767_225_600_000,
        StartedAt = 1_767_225_600_001,
        EndedAt = 1_767_225_600_300,
        FinishReason = "stop",
        InputTokens = 7,
        OutputTokens = 120,
        TotalTokens = 127,
    };

    private static readonly RunSummary FullSummary = Summary with
    {
        Seq = 130,
        FirstEventAt = 1_767_225_600_100,
        Events = 128,
        Attempts = 3,
        Reattaches = 1,
        Fallbacks = 1,
        Leg = 1,
        Cost = new RunCost { Amount = 0.0125m, Wasted = 0.0000005m, AsOf = new DateOnly(2026, 1, 1), Complete = false },
        TraceId = "0af7651916cd43dd8448eb211c80319c",
    };

    [Fact]
    public void A_block_is_written_as_ever()
    {
        var frame = new FrameBuilder();
        frame.AddToBlock(One, FirstBatch(), summary: default);
        frame.AddToBlock(Two, SecondBatch(), GoldenBytes.Read("summary-1.hex"));
        Assert.Equal(GoldenBytes.Read("block-1.hex"), frame.Close(Envelope.Block).ToArray());
    }

    [Fact]
    public void A_block_is_read_as_ever()
    {
        var block = GoldenBytes.Read("block-1.hex");
        Assert.True(Envelope.TryOpen(block, Envelope.Block, out var count, out _));
        Assert.Equal(2, count);
        var parts = PartReader.OfBlock(block);
        Assert.True(parts.MoveNext());
        Assert.Equal(One, parts.Current.Run);
        Same(FirstBatch(), parts.Current.ToBatch(block));
        Assert.True(parts.MoveNext());
        Assert.Equal(Two, parts.Current.Run);
        Same(SecondBatch(), parts.Current.ToBatch(block));
        Assert.Equivalent(Summary, SummaryCodec.Decode(parts.Current.Summary), strict: true);
        Assert.False(parts.MoveNext());
    }

    [Fact]
    public void A_chunk_is_written_and_read_as_ever()
    {
        var block = GoldenBytes.Read("block-1.hex");
        var frame = new FrameBuilder();
        var parts = PartReader.OfBlock(block);
        while (parts.MoveNext())
        {
            frame.AddToChunk(parts.Current, block);
        }

        var chunk = GoldenBytes.Read("chunk-1.hex");
        Assert.Equal(chunk, frame.Close(Envelope.Chunk).ToArray());
        Assert.True(Envelope.TryOpen(chunk, Envelope.Chunk, out _, out _));
        var read = PartReader.OfChunk(chunk);
        Assert.True(read.MoveNext());
        Same(FirstBatch(), read.Current.ToBatch(chunk));
        Assert.True(read.MoveNext());
        Same(SecondBatch(), read.Current.ToBatch(chunk));
        Assert.False(read.MoveNext());
    }

    [Fact]
    public void A_summary_is_written_and_read_as_ever()
    {
        var bytes = GoldenBytes.Read("summary-2.hex");
        Assert.Equal(bytes, SummaryCodec.Encode(FullSummary));
        Assert.Equivalent(FullSummary, SummaryCodec.Decode(bytes), strict: true);
    }

    [Fact]
    public void A_summary_of_the_first_version_is_read_as_ever() =>
        Assert.Equivalent(Summary, SummaryCodec.Decode(GoldenBytes.Read("summary-1.hex")), strict: true);

    [Fact]
    public void What_a_later_version_adds_to_a_summary_is_passed_over()
    {
        // A tag that nobody has, of three bytes.
        byte[] bytes = [.. SummaryCodec.Encode(FullSummary), 0xFC, 0x0F, 6, 1, 2, 3];
        Assert.Equivalent(FullSummary, SummaryCodec.Decode(bytes), strict: true);
    }

    [Fact]
    public void Each_byte_of_a_block_is_guarded()
    {
        var block = GoldenBytes.Read("block-1.hex");
        Assert.Equal(219, block.Length);
        for (var i = 0; i < block.Length; i++)
        {
            block[i] ^= 0x10;
            Assert.False(Envelope.TryOpen(block, Envelope.Block, out _, out var fault));
            Assert.NotNull(fault);
            block[i] ^= 0x10;
        }
    }

    [Fact]
    public void A_newer_version_is_not_guessed_at()
    {
        var summary = GoldenBytes.Read("summary-1.hex");
        summary[0] = 3;
        Assert.Contains("version 3", Assert.Throws<InvalidDataException>(() => SummaryCodec.Decode(summary)).Message, StringComparison.Ordinal);
    }

    private static EntryBatch FirstBatch()
    {
        var entries = new EntryBatchBuilder();
        entries.Add(EntryKind.RunSubmitted, 1_767_225_600_000, "spec"u8);
        entries.Add(EntryKind.AttemptStarted, 1_767_225_600_001, "go"u8);
        return entries.Build(1);
    }

    private static EntryBatch SecondBatch()
    {
        var entries = new EntryBatchBuilder();
        entries.AddUpstreamEvent(1_767_225_600_300, 2, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes("data: {}\n\n")));
        return entries.Build(1000, new Checkpoint(900, new byte[] { 0xC0, 0xDE }));
    }

    private static void Same(EntryBatch expected, EntryBatch actual)
    {
        Assert.Equal((expected.FirstNumber, expected.Count, expected.BaseTime), (actual.FirstNumber, actual.Count, actual.BaseTime));
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
        Assert.Equal(expected.Checkpoint?.Seq, actual.Checkpoint?.Seq);
        Assert.Equal(expected.Checkpoint?.State.ToArray(), actual.Checkpoint?.State.ToArray());
    }
}
