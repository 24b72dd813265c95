using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Orchestrator.Gateway;

/// <summary>
/// Takes complete events off a stream of bytes. Blocks without a field (blank keep-alives, comments) are no events and are passed over; a comment
/// inside an event stays in its bytes; a byte order mark before the first line belongs to no event. An event cut off by the end, clean
/// or not, is dropped. Each byte is scanned once, however large the event and however it is split.
/// </summary>
public sealed class SseEventReader : IEventStream
{
    private const int ReadingFlag = 1;
    private const int DisposedFlag = 2;
    private static readonly StreamSignal EventsSignal = new(StreamSignalKind.Events, null);

    private readonly Stream _body;
    private readonly IDisposable _owner;
    private readonly string _peer;
    private readonly int _maxEventBytes;
    private readonly BodyBuffer _buffer;
    private ReadPace _pace;
    private SseBlockScanner _scanner;

    /// <summary>Of the block that the buffer begins with.</summary>
    private int _scanned;
    private bool _pastMark;
    private bool _bodyEnded;
    private ReadOnlyMemory<byte> _next;
    private bool _hasNext;
    private StreamSignal? _end;
    private int _flags;

    /// <param name="body">
    /// Disposed with the reader, which aborts a pending read. While nothing comes it is read with an empty buffer, which is to complete when
    /// there is something, or at once.
    /// </param>
    /// <param name="options">Bounds; the defaults where null.</param>
    public SseEventReader(Stream body, SseReaderOptions? options = null)
        : this(body, options, owner: body, TimeProvider.System)
    {
    }

    /// <param name="owner">What the body comes from, an HTTP response: disposed first, which aborts a pending read.</param>
    /// <param name="time">See <see cref="ReadPace"/>.</param>
    /// <param name="peer">What messages call the other side.</param>
    /// <param name="buffer">Disposed with the reader; null makes one of <see cref="StreamBuffers"/>.</param>
    internal SseEventReader(
        Stream body, SseReaderOptions? options, IDisposable owner, TimeProvider time, string peer = HttpChannel.Gateway, BodyBuffer? buffer = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        _body = body;
        _owner = owner;
        _peer = peer;
        _maxEventBytes = (options ?? SseReaderOptions.Default).MaxEventBytes;
        _buffer = buffer ?? new BodyBuffer(StreamBuffers.Shared, StreamBuffers.Shared.MaxBufferSize);
        _pace = new ReadPace(time);
    }

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

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
            raw = new(_next);
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
            _owner.Dispose();

            // A pending read still writes into the buffer: it must not go back to the pool before it returns.
            if ((before & ReadingFlag) == 0)
            {
                await CloseAsync().ConfigureAwait(false);
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
                if (_buffer.IsEmpty && _pace.IsSlow())
                {
                    await _body.ReadAsync(Memory<byte>.Empty, ct).ConfigureAwait(false);
                }

                var read = await _body.ReadAsync(_buffer.Room(), ct).ConfigureAwait(false);
                _buffer.Add(read);
                _bodyEnded = read == 0;
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
                await CloseAsync().ConfigureAwait(false);
            }
        }
    }

    private ValueTask CloseAsync()
    {
        _buffer.Dispose();
        return _body.DisposeAsync();
    }

    /// <summary>As soon as all was taken, not at the next wait: a stream that waits for its turn must not keep a buffer, or a thousand of them do.</summary>
    private void LetGo()
    {
        _next = default;
        _buffer.LetGo();
    }

    private bool TryScan()
    {
        if (_end is not null)
        {
            return false;
        }

        if (PassMark())
        {
            var bytes = _buffer.Bytes;
            while (TryTake(ref bytes, out var block, out var isEvent))
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
        }

        if (_scanned > _maxEventBytes)
        {
            _end = TooLarge();
        }
        else if (_bodyEnded)
        {
            _hasNext = TryTakeLast(out _next);
            _end = _hasNext ? null : new StreamSignal(StreamSignalKind.CleanEnd, null);
        }

        return _hasNext;
    }

    /// <summary>The next block that is complete.</summary>
    /// <param name="bytes">What is in the buffer; moves on with it.</param>
    /// <param name="block">Its bytes, terminator included.</param>
    /// <param name="isEvent">Whether it has a field.</param>
    private bool TryTake(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> block, out bool isEvent)
    {
        _scanned += _scanner.Take(bytes.Span[_scanned..], out var ended);
        if (!ended)
        {
            (block, isEvent) = (default, false);
            return false;
        }

        (block, isEvent) = (bytes[.._scanned], _scanner.HasField);
        bytes = bytes[_scanned..];
        EndBlock();
        return true;
    }

    /// <summary>The last block of a stream that ended here, when it needs nothing more to be complete.</summary>
    private bool TryTakeLast(out ReadOnlyMemory<byte> block)
    {
        var complete = _scanner is { EndsHere: true, HasField: true };
        block = complete ? _buffer.Bytes[.._scanned] : default;
        EndBlock();
        return complete;
    }

    private void EndBlock()
    {
        _buffer.Take(_scanned);
        _scanned = 0;
        _scanner.StartBlock();
    }

    /// <summary>Whether what the buffer begins with belongs to a block: not as long as all there is may be the beginning of a byte order mark.</summary>
    private bool PassMark()
    {
        if (!_pastMark)
        {
            var bytes = _buffer.Bytes.Span;
            var isMark = bytes.StartsWith(Mark);
            _buffer.Take(isMark ? Mark.Length : 0);
            _pastMark = isMark || !Mark.StartsWith(bytes);
        }

        return _pastMark;
    }

    private static StreamSignal Broken(GatewayError error) => new(StreamSignalKind.Broken, error);

    private StreamSignal TooLarge() => Broken(new GatewayError
    {
        Code = ErrorCodes.EventTooLarge,
        Message = string.Create(CultureInfo.InvariantCulture, $"An event of the stream is larger than {_maxEventBytes} bytes."),
    });
}
