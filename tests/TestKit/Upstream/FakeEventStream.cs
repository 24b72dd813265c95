using System.Buffers;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Time;

namespace Orchestrator.TestKit.Upstream;

/// <summary>
/// One connection to a generation. As strict as a real one: a cancelled wait costs the connection, what was handed out is overwritten by
/// the next wait, and nothing may be asked for twice at a time.
/// </summary>
internal sealed class FakeEventStream(FakeGateway gateway, Generation generation, int from, ConnectionPlan plan, ManualClock clock) : IEventStream
{
    private static readonly StreamSignal Events = new(StreamSignalKind.Events, null);
    private static readonly StreamSignal CleanEnd = new(StreamSignalKind.CleanEnd, null);

    private readonly List<byte[]> _lent = [];
    private int _next = from;
    private int _handedOut;
    private int _packet;
    private bool _lost;
    private bool _disposed;
    private TaskCompletionSource<StreamSignal>? _wait;
    private ITimer? _timer;
    private CancellationTokenRegistration _registration;

    public ValueTask<StreamSignal> WaitAsync(CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_wait is not null)
        {
            throw gateway.Violation("Two waits at a time on one stream.");
        }

        if (ct.IsCancellationRequested)
        {
            _lost = true;
            return ValueTask.FromCanceled<StreamSignal>(ct);
        }

        TakeBack();
        if (TrySignal(out var signal, out var dueAt))
        {
            return new ValueTask<StreamSignal>(signal);
        }

        var wait = _wait = new TaskCompletionSource<StreamSignal>();
        if (dueAt is { } due)
        {
            _timer = clock.After(TimeSpan.FromMilliseconds(due - clock.NowMs), Ready);
        }

        _registration = ct.UnsafeRegister(
            state =>
            {
                _lost = true;
                Finish()?.TrySetCanceled((CancellationToken)state!);
            },
            ct);
        return new ValueTask<StreamSignal>(wait.Task);
    }

    public bool TryRead(out ReadOnlySequence<byte> raw)
    {
        raw = default;
        if (_packet == 0 || _disposed)
        {
            return false;
        }

        _packet--;
        _handedOut++;
        var bytes = generation.Event(_next++).ToArray();
        _lent.Add(bytes);
        raw = new ReadOnlySequence<byte>(bytes);
        return true;
    }

    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            TakeBack();
            Finish()?.TrySetException(new ObjectDisposedException(nameof(FakeEventStream)));
            gateway.Closed(generation);
        }

        return ValueTask.CompletedTask;
    }

    private void Ready()
    {
        if (_wait is not null && TrySignal(out var signal, out _))
        {
            Finish()!.TrySetResult(signal);
        }
    }

    private bool TrySignal(out StreamSignal signal, out long? dueAt)
    {
        dueAt = null;
        signal = Events;
        if (_lost || _handedOut >= plan.BreaksAfter)
        {
            signal = new StreamSignal(StreamSignalKind.Broken, FakeErrors.Connection);
            return true;
        }

        if (_handedOut >= plan.ClosesAfter)
        {
            signal = CleanEnd;
            return true;
        }

        if (_handedOut >= plan.StallsAfter)
        {
            return false;
        }

        dueAt = generation.ReadyAt(_next);
        if (dueAt is null || dueAt > clock.NowMs)
        {
            return false;
        }

        if (_next >= generation.Count)
        {
            signal = CleanEnd;
            return true;
        }

        _packet = ReadyNow();
        return true;
    }

    private int ReadyNow()
    {
        var limit = Math.Min(
            Math.Min(plan.PacketEvents, generation.Count - _next),
            Math.Min(Math.Min(plan.BreaksAfter ?? int.MaxValue, plan.ClosesAfter ?? int.MaxValue), plan.StallsAfter ?? int.MaxValue) - _handedOut);
        var count = 0;
        while (count < limit && generation.ReadyAt(_next + count) <= clock.NowMs)
        {
            count++;
        }

        return count;
    }

    private TaskCompletionSource<StreamSignal>? Finish()
    {
        var wait = _wait;
        _wait = null;
        _timer?.Dispose();
        _timer = null;
        _registration.Unregister();
        return wait;
    }

    /// <summary>The memory of the events handed out is the stream's own.</summary>
    private void TakeBack()
    {
        foreach (var bytes in _lent)
        {
            bytes.AsSpan().Fill((byte)'?');
        }

        _lent.Clear();
    }
}
