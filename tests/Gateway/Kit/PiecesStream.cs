namespace Orchestrator.Gateway.Tests;

/// <summary>Hands out one piece a read, then ends, or fails.</summary>
internal sealed class PiecesStream(IEnumerable<ReadOnlyMemory<byte>> pieces, Exception? failure = null) : Stream
{
    private readonly Queue<ReadOnlyMemory<byte>> _pieces = new(pieces.Where(piece => !piece.IsEmpty));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return new(0);
        }

        if (!_pieces.TryDequeue(out var piece))
        {
            return failure is null ? new(0) : ValueTask.FromException<int>(failure);
        }

        var taken = Math.Min(piece.Length, buffer.Length);
        piece[..taken].CopyTo(buffer);
        if (taken < piece.Length)
        {
            var rest = _pieces.ToArray();
            _pieces.Clear();
            _pieces.Enqueue(piece[taken..]);
            Array.ForEach(rest, _pieces.Enqueue);
        }

        return new(taken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
