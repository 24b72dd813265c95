using Orchestrator.Journals.Compaction;

namespace Orchestrator.Journals.Tests.Compaction;

public sealed class SegmentMemoryTests
{
    /// <summary>Small, as large as a slab, and larger: up to the end each is what was added.</summary>
    private static readonly int[] Sizes = [1, 300_000, 400_000, 500_000, 1 << 20, (1 << 20) + 1, 7, 1_000_000, 50_000, 0];

    [Fact]
    public void Blocks_stay_as_they_were_added()
    {
        var memory = new SegmentMemory();
        var random = new Random(1);
        var blocks = Sizes.Select(size => Bytes(random, size)).ToArray();

        var copies = blocks.Select(block => memory.Add(block)).ToArray();

        Assert.Equal(blocks, copies.Select(copy => copy.ToArray()));
    }

    [Fact]
    public void The_next_segment_lies_where_the_last_one_lay()
    {
        var memory = new SegmentMemory();
        var first = Sizes.Take(5).Select(size => memory.Add(new byte[size]).Array).ToArray();

        memory.Clear();
        var second = Sizes.Take(5).Select(size => memory.Add(new byte[size]).Array).ToArray();

        Assert.Equal(first, second, ReferenceEqualityComparer.Instance);
    }

    private static byte[] Bytes(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }
}
