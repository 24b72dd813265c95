using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Compaction;

/// <summary>A segment read into memory, grouped by run.</summary>
internal sealed class SegmentContents
{
    private readonly SegmentMemory _memory;
    private readonly Dictionary<RunId, List<BlockPart>> _runs = [];

    private SegmentContents(SegmentMemory memory) => _memory = memory;

    public long Bytes { get; private set; }

    /// <summary>In the order of their ids, which is that of the runs' files.</summary>
    public IEnumerable<KeyValuePair<RunId, List<BlockPart>>> Runs => _runs.OrderBy(run => run.Key);

    /// <param name="storage">Where the segment is.</param>
    /// <param name="segment">It.</param>
    /// <param name="memory">Cleared, and filled with its blocks: they are there until it is cleared again.</param>
    /// <param name="cancellationToken">Breaks the reading off.</param>
    /// <exception cref="InvalidDataException">A block in the middle is damaged.</exception>
    public static async ValueTask<SegmentContents> ReadAsync(
        ILogStorage storage, SegmentId segment, SegmentMemory memory, CancellationToken cancellationToken)
    {
        memory.Clear();
        var contents = new SegmentContents(memory);
        var blocks = new WholeBlocks(segment, from: 0);
        await foreach (var block in storage.ReadBlocksAsync(segment, 0, cancellationToken))
        {
            if (blocks.Accept(block))
            {
                contents.Add(block.Data.Span);
            }
        }

        contents.Sort();
        return contents;
    }

    private void Add(ReadOnlySpan<byte> data)
    {
        var block = _memory.Add(data);
        Bytes += data.Length;
        var parts = PartReader.OfBlock(data);
        while (parts.MoveNext())
        {
            var part = parts.Current;
            if (!_runs.TryGetValue(part.Run, out var list))
            {
                list = [];
                _runs.Add(part.Run, list);
            }

            list.Add(new BlockPart(block.Slice(part.Offset, part.Length), part.FirstNumber));
        }
    }

    private void Sort()
    {
        foreach (var list in _runs.Values)
        {
            list.Sort(static (one, other) => one.FirstNumber.CompareTo(other.FirstNumber));
        }
    }

    /// <summary>A part of a run, still encoded.</summary>
    public readonly record struct BlockPart(ArraySegment<byte> Bytes, long FirstNumber);
}
