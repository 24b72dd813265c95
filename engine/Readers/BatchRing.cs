using System.Numerics;

namespace Orchestrator.Engine.Readers;

/// <summary>A queue of consecutive batches that finds an entry in logarithmic time. Not thread-safe.</summary>
internal sealed class BatchRing
{
    private TailBatch[] _items = new TailBatch[4];
    private int _head;

    public int Count { get; private set; }

    public void Add(TailBatch batch)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        _items[(_head + Count++) & (_items.Length - 1)] = batch;
    }

    public TailBatch RemoveFirst()
    {
        var first = _items[_head];
        _items[_head] = null!;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return first;
    }

    /// <summary>The batch with that entry; null where it is not in the ring.</summary>
    public TailBatch? Find(long number)
    {
        var low = 0;
        var high = Count - 1;

        // Nearly every reader wants the newest.
        if (high < 0 || number > At(high).Entries.LastNumber)
        {
            return null;
        }

        if (number >= At(high).Entries.FirstNumber)
        {
            return At(high);
        }

        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var batch = At(middle);
            if (number < batch.Entries.FirstNumber)
            {
                high = middle - 1;
            }
            else if (number > batch.Entries.LastNumber)
            {
                low = middle + 1;
            }
            else
            {
                return batch;
            }
        }

        return null;
    }

    private TailBatch At(int index) => _items[(_head + index) & (_items.Length - 1)];

    private void Grow()
    {
        var items = new TailBatch[BitOperations.RoundUpToPowerOf2((uint)_items.Length + 1)];
        for (var i = 0; i < Count; i++)
        {
            items[i] = At(i);
        }

        _items = items;
        _head = 0;
    }
}
