using System.Buffers;

namespace Orchestrator.Gateway;

/// <summary>
/// The complete events of one server-sent event stream, in order. One reader at a time; only <see cref="IAsyncDisposable.DisposeAsync"/>
/// may be called beside a pending wait. Disposing aborts the connection; a wait that it cuts short throws
/// <see cref="ObjectDisposedException"/>, so that it can not be taken for a failure of the other side.
/// </summary>
public interface IEventStream : IAsyncDisposable
{
    /// <summary>
    /// Completes when at least one complete event can be taken with <see cref="TryRead"/>, or at the end of the stream. Events are
    /// always handed out before the end is told. Throws on cancellation by <paramref name="ct"/> only, which may cost the connection.
    /// </summary>
    ValueTask<StreamSignal> WaitAsync(CancellationToken ct);

    /// <summary>
    /// The bytes of the next complete event exactly as received, its terminating blank line included; false when there is none for now.
    /// The memory is the stream's: valid until the next <see cref="TryRead"/> or <see cref="WaitAsync"/>.
    /// </summary>
    bool TryRead(out ReadOnlySequence<byte> raw);
}
