namespace Orchestrator.Engine.Entries;

/// <summary>Walks the frames of an <see cref="EntryBatch"/>.</summary>
/// <exception cref="InvalidDataException">The bytes are not frames, or not as many as the batch says.</exception>
public struct EntryEnumerator
{
    private readonly EntryBatch _batch;
    private int _position;
    private int _index;

    internal EntryEnumerator(EntryBatch batch)
    {
        _batch = batch;
        _position = 0;
        _index = 0;
        Current = default;
    }

    public EntryView Current { get; private set; }

    /// <summary>Where the next frame begins in the batch's data.</summary>
    public readonly int Position => _position;

    public bool MoveNext()
    {
        var data = _batch.Data.Span;
        if (_index == _batch.Count)
        {
            return _position == data.Length ? false : throw new InvalidDataException("A batch of entries has bytes after its last entry.");
        }

        var length = checked((int)Varint.Read(data, ref _position));
        var end = checked(_position + length);
        if (length < 2 || end > data.Length)
        {
            throw new InvalidDataException("A batch of entries is cut short.");
        }

        var kind = (EntryKind)data[_position++];
        var time = _batch.BaseTime + Varint.UnZigZag(Varint.Read(data, ref _position));
        if (_position > end)
        {
            throw new InvalidDataException("An entry's header is longer than the entry.");
        }

        Current = new EntryView(_batch.FirstNumber + _index, kind, time, _batch.Data[_position..end]);
        _position = end;
        _index++;
        return true;
    }
}
