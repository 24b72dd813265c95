using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Orchestrator.Gateway;

/// <summary>
/// Takes complete events off a pipe. Blocks without a field (blank keep-alives, comments) are no events and are passed over; a comment
/// inside an event stays in its bytes; a byte order mark before the first line belongs to no event. An event cut off by the end, clean
/// or not, is dropped. Each byte is scanned once, however large the event and however it is split.
/// </summary>
public sealed class SseEventReader : IEventStream
{
    private const int ReadingFlag = 1;
    private const int DisposedFlag = 2;
    private static readonly StreamSignal EventsSignal = new(StreamSignalKind.Events, null);

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    private readonly PipeReader _pipe;
    private readonly IDisposable? _owner;
    private readonly string _peer;
    private readonly int _maxEventBytes;
    private SseBlockCursor _cursor;
    private SequencePosition _bufferEnd;
    private bool _hasBuffer;
    private bool _pastMark;
    private bool _pipeEnded;
    private ReadOnlySequence<byte> _next;
    private bool _hasNext;
    private StreamSignal? _end;
    private int _flags;

    /// <param name="pipe">Completed by the reader when it is disposed.</param>
    /// <param name="options">Bounds; the defaults where null.</param>
    public SseEventReader(PipeReader pipe, SseReaderOptions? options = null)
        : this(pipe, options, owner: null)
    {
    }

    /// <param name="owner">What the pipe reads from, an HTTP response: disposed first, which aborts a pending read.</param>
    /// <param name="peer">What messages call the other side.</param>
    internal SseEventReader(PipeReader pipe, SseReaderOptions? options, IDisposable? owner, string peer = HttpChannel.Gateway)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        _pipe = pipe;
        _owner = owner;
        _peer = peer;
        _maxEventBytes = (options ?? SseReaderOptions.Default).MaxEventBytes;
    }

    private bool IsDisposed => (Volatile.Read(ref _flags) & DisposedFlag) != 0;

    public ValueTask<StreamSignal> WaitAsync(CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (_hasNext || TryScan())
        {
            return new(EventsSignal);
        }

        return _end is { } end ? new(end) : ReadAsync(ct);
    }

    public bool TryRead(out ReadOnlySequence<byte> raw)
    {
        if (_hasNext || TryScan())
        {
            raw = _next;
            _hasNext = false;
            return true;
        }

        LetGo();
        raw = default;
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        var before = Interlocked.Or(ref _flags, DisposedFlag);
        if ((before & DisposedFlag) == 0)
        {
            _owner?.Dispose();

            // A pending read still writes into the pipe's buffers: they must not go back to the pool before it returns.
            if ((before & ReadingFlag) == 0)
            {
                await _pipe.CompleteAsync().ConfigureAwait(false);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<StreamSignal> ReadAsync(CancellationToken ct)
    {
        var before = Interlocked.Or(ref _flags, ReadingFlag);
        ObjectDisposedException.ThrowIf((before & DisposedFlag) != 0, this);
        try
        {
            while (true)
            {
                LetGo();
                Take(await _pipe.ReadAsync(ct).ConfigureAwait(false));
                if (TryScan())
                {
                    return EventsSignal;
                }

                if (_end is { } end)
                {
                    return end;
                }
            }
        }
        catch (Exception exception) when (ConnectionFaults.Includes(exception) || IsDisposed)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            ct.ThrowIfCancellationRequested();
            var broken = Broken(ConnectionFaults.ToError($"The connection to {_peer} broke", exception, SecretScrubber.None));
            _end = broken;
            return broken;
        }
        finally
        {
            if ((Interlocked.And(ref _flags, ~ReadingFlag) & DisposedFlag) != 0)
            {
                await _pipe.CompleteAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// The pipe's memory goes back to its pool as soon as all of it was read: a stream that waits for its turn must not keep it, or a thousand
    /// of them empty the pool.
    /// </summary>
    private void LetGo()
    {
        if (!_hasBuffer)
        {
            return;
        }

        _hasBuffer = false;
        _pipe.AdvanceTo(_cursor.BlockStart, _bufferEnd);
        _cursor.Unload();
        _next = default;
        _bufferEnd = default;
    }

    private void Take(ReadResult result)
    {
        var buffer = result.Buffer;
        _hasBuffer = true;
        _bufferEnd = buffer.End;
        _pipeEnded = result.IsCompleted;
        _cursor.Load(_pastMark ? buffer : PassMark(buffer));
    }

    /// <summary>What comes behind the byte order mark; nothing as long as all there is may be the beginning of one.</summary>
    private ReadOnlySequence<byte> PassMark(ReadOnlySequence<byte> buffer)
    {
        Span<byte> first = stackalloc byte[Mark.Length];
        var head = buffer.Slice(0, Math.Min(buffer.Length, Mark.Length));
        head.CopyTo(first);
        if (!Mark.AsSpan().StartsWith(first[..(int)head.Length]))
        {
            _pastMark = true;
            return buffer;
        }

        _pastMark = head.Length == Mark.Length;
        return buffer.Slice(_pastMark ? Mark.Length : 0, _pastMark ? buffer.Length - Mark.Length : 0);
    }

    private bool TryScan()
    {
        if (_end is not null)
        {
            return false;
        }

        while (_cursor.TryTake(out var block, out var isEvent))
        {
            if (block.Length > _maxEventBytes)
            {
                _end = TooLarge();
                return false;
            }

            if (isEvent)
            {
                _next = block;
                return _hasNext = true;
            }
        }

        if (_cursor.BlockLength > _maxEventBytes)
        {
            _end = TooLarge();
        }
        else if (_pipeEnded)
        {
            _hasNext = _cursor.TryTakeLast(out _next);
            _end = _hasNext ? null : new StreamSignal(StreamSignalKind.CleanEnd, null);
        }

        return _hasNext;
    }

    private static StreamSignal Broken(GatewayError error) => new(StreamSignalKind.Broken, error);

    private StreamSignal TooLarge() => Broken(new GatewayError
    {
        Code = ErrorCodes.EventTooLarge,
        Message = string.Create(CultureInfo.InvariantCulture, $"An event of the stream is larger than {_maxEventBytes} bytes."),
    });
}
