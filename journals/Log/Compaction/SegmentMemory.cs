namespace Orchestrator.Journals.Compaction;

/// <summary>
/// Where the blocks of a segment lie while it is compacted: slabs that serve for one segment after the other. Not thread-safe.
/// </summary>
internal sealed class SegmentMemory
{
    private const int SlabBytes = 1 << 20;

    private readonly List<byte[]> _slabs = [];
    private int _slab;
    private int _used;

    /// <summary>Copies a block. It stays until <see cref="Clear"/>.</summary>
    public ArraySegment<byte> Add(ReadOnlySpan<byte> block)
    {
        if (block.Length > SlabBytes)
        {
            // An event larger than a slab is rare enough to have an array of its own.
            return new ArraySegment<byte>(block.ToArray());
        }

        if (_used + block.Length > SlabBytes)
        {
            _slab++;
            _used = 0;
        }

        if (_slab == _slabs.Count)
        {
            _slabs.Add(GC.AllocateUninitializedArray<byte>(SlabBytes));
        }

        var copy = new ArraySegment<byte>(_slabs[_slab], _used, block.Length);
        block.CopyTo(copy);
        _used += block.Length;
        return copy;
    }

    /// <summary>What was added is not there any more, and its memory is free for the next.</summary>
    public void Clear()
    {
        _slab = 0;
        _used = 0;
    }
}
