namespace Orchestrator.Gateway;

/// <summary>
/// A response body whose reader asks with an empty buffer first, so that it holds none while it waits. Where what was asked for was there
/// without a wait the last time, the question is spared: it costs a system call, and only a stream that waits gains by it.
/// </summary>
/// <param name="inner">Disposed with this.</param>
internal sealed class IdleStream(Stream inner) : Stream
{
    private bool _flows;
    private bool _spared;

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
        if (buffer.IsEmpty && _flows)
        {
            _spared = true;
            return new ValueTask<int>(0);
        }

        var read = inner.ReadAsync(buffer, cancellationToken);
        if (buffer.IsEmpty || _spared)
        {
            _flows = read.IsCompleted;
            _spared = false;
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
