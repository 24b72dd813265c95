using Orchestrator.Journals.Storage;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public abstract partial class JournalConformance
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_of_many_small_commits_is_read_from_the_log_in_few_readings(bool byOwner)
    {
        var owner = await Site.StartAsync();
        var run = new TestRun();
        var other = new TestRun();
        var writer = await run.CreateAsync(owner);
        var others = await other.CreateAsync(owner);
        for (var i = 0; i < 60; i++)
        {
            await writer.AppendAsync(run.Next(writer, 1 + (i % 3)));
            await others.AppendAsync(other.Next(others));
        }

        var reader = byOwner ? owner : await Site.StartAsync();
        var readings = CountReadings(reader);
        Assert.Equal(121, await run.ReadAsync(reader));
        Assert.Equal(121, await run.ReadAsync(reader, from: 81));
        Assert.Equal(2, readings());
    }

    [Fact]
    public async Task One_reading_of_the_log_is_bounded_in_bytes()
    {
        var owner = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(owner);
        for (var i = 0; i < 12; i++)
        {
            await writer.AppendAsync(run.Batch(writer.LastNumber + 1, 1, padding: 100_000));
        }

        var reader = await Site.StartAsync();
        var readings = CountReadings(reader);
        Assert.Equal(13, await run.ReadAsync(reader));
        Assert.Equal(6, readings());
    }

    [Fact]
    public async Task What_is_new_of_another_writer_is_read_after_what_was_known()
    {
        var owner = await Site.StartAsync();
        var reader = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(owner);
        for (var last = 1; last < 20; last += 3)
        {
            Assert.Equal(last, await run.ReadAsync(reader));
            await writer.AppendAsync(run.Next(writer, 3));
        }

        Assert.Equal(writer.LastNumber, await run.ReadAsync(reader));
    }

    [Fact]
    public async Task A_run_whose_segments_go_between_two_readings_is_read_on_in_its_file()
    {
        var owner = await Site.StartAsync(SmallSegments);
        var run = new TestRun();
        var writer = await run.CreateAsync(owner);
        for (var i = 0; i < 4; i++)
        {
            await writer.AppendAsync(run.Next(writer));
        }

        // The reader knows where these entries are, and is held before it looks there.
        var reader = await Site.StartAsync(SmallSegments);
        Assert.Equal(5, await run.ReadAsync(reader));
        var arrived = reader.NextGate("before ReadPiecesAsync", out var go);
        var reading = run.ReadAsync(reader);
        await arrived;
        var dropped = owner.NextGate("after DropSegmentAsync");
        for (var i = 0; i < 30; i++)
        {
            await writer.AppendAsync(run.Next(writer, 4));
        }

        await dropped;
        go.SetResult();
        Assert.Equal(writer.LastNumber, await reading);
    }

    [Fact]
    public async Task Pieces_are_answered_in_the_order_in_which_they_are_asked_for()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await writer.AppendAsync(run.Next(writer, 40));
        await writer.AppendAsync(run.Next(writer, 40));
        var segment = new SegmentId(process.Id, 1);
        var blocks = new List<(int Position, byte[] Data)>();
        await foreach (var block in process.Storage.ReadBlocksAsync(segment, 0, CancellationToken.None))
        {
            blocks.Add((block.Position, block.Data.ToArray()));
        }

        Assert.Equal(3, blocks.Count);
        var gone = new SegmentId(process.Id, 99);
        (int Block, int Offset, int Length)[] wanted = [(2, 5, 100), (0, 0, 7), (1, 30, 0), (1, 3, 1), (1, 4, 50), (1, 2, 10), (2, 0, blocks[2].Data.Length)];
        var pieces = wanted.Select(piece => new BlockPiece(segment, blocks[piece.Block].Position, piece.Offset, piece.Length)).ToList();
        pieces.Insert(3, new BlockPiece(gone, 0, 0, 8));
        var read = await process.Storage.ReadPiecesAsync(pieces, CancellationToken.None);

        Assert.Equal(pieces.Count, read.Count);
        Assert.Null(read[3]);
        Assert.Equal(
            wanted.Select(piece => Convert.ToHexString(blocks[piece.Block].Data.AsSpan(piece.Offset, piece.Length))),
            read.Where((_, i) => i != 3).Select(bytes => Convert.ToHexString(bytes!)),
            StringComparer.Ordinal);
        Assert.Empty(await process.Storage.ReadPiecesAsync([], CancellationToken.None));
    }

    /// <summary>How often a process has asked its storage for pieces of blocks since.</summary>
    private static Func<int> CountReadings(JournalProcess process)
    {
        var readings = 0;
        process.Storage.Passed += name => readings += name == "before ReadPiecesAsync" ? 1 : 0;
        return () => readings;
    }
}
