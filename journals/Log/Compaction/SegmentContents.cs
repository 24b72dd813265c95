using System.Buffers;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Compaction;

/// <summary>A segment read into memory, grouped by run.</summary>
internal sealed class SegmentContents : IDisposable
{
    private readonly List<byte[]> _blocks = [];
    private readonly Dictionary<RunId, List<BlockPart>> _runs = [];

    private SegmentContents()
    {
    }

    public long Bytes { get; private set; }

    /// <summary>In the order of their ids, which is that of the runs' files.</summary>
    public IEnumerable<KeyValuePair<RunId, List<BlockPart>>> Runs => _runs.OrderBy(run => run.Key);

    /// <exception cref="InvalidDataException">A block in the middle is damaged.</exception>
    public static async ValueTask<SegmentContents> ReadAsync(ILogStorage storage, SegmentId segment, CancellationToken cancellationToken)
    {
        var contents = new SegmentContents();
        try
        {
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
        catch
        {
            contents.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        _blocks.Clear();
    }

    private void Add(ReadOnlySpan<byte> data)
    {
        var block = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(block);
        _blocks.Add(block);
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

            list.Add(new BlockPart(block, part.Offset, part.Length, part.FirstNumber));
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
    public readonly record struct BlockPart(byte[] Block, int Offset, int Length, long FirstNumber)
    {
        public ReadOnlySpan<byte> Bytes => Block.AsSpan(Offset, Length);
    }
}
