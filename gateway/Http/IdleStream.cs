namespace Orchestrator.Gateway;

/// <summary>
/// A response body whose reader asks with an empty buffer first, so that it holds none while it waits. The question costs a system call for
/// each answer: where the last one came a moment ago the next will as well, and it is spared. The first after a silence is always asked.
/// </summary>
/// <param name="inner">Disposed with this.</param>
/// <param name="time">Of the moments between two questions.</param>
internal sealed class IdleStream(Stream inner, TimeProvider time) : Stream
{
    /// <summary>From question to question. A stream at this pace or a faster one keeps its reader's buffer.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private long? _asked;

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
        return buffer.IsEmpty && IsSoon() ? new ValueTask<int>(0) : inner.ReadAsync(buffer, cancellationToken);
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

    private bool IsSoon()
    {
        var (before, now) = (_asked, time.GetTimestamp());
        _asked = now;
        return before is { } asked && time.GetElapsedTime(asked, now) <= Moment;
    }
}
