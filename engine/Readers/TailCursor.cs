using System.Threading.Tasks.Sources;

namespace Orchestrator.Engine.Readers;

/// <summary>One reader's place to wait at a <see cref="RunTail"/>, without an allocation per wait. One wait at a time.</summary>
internal sealed class TailCursor(RunTail tail) : IValueTaskSource<TailSignal>, IDisposable
{
    private ManualResetValueTaskSourceCore<TailSignal> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;

    /// <summary>Guarded by the tail's lock.</summary>
    internal bool Armed;

    /// <summary>Completes when entry <paramref name="number"/> is committed, the tail is closed, or <see cref="Poke"/> is called.</summary>
    public ValueTask<TailSignal> WaitAsync(long number, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _source.Reset();
        if (tail.Arm(this, number, out _))
        {
            return new ValueTask<TailSignal>(TailSignal.Moved);
        }

        if (_registration.Token != cancellationToken)
        {
            _registration.Unregister();
            _registration = cancellationToken.UnsafeRegister(static self => ((TailCursor)self!).Cancel(), this);
        }

        // The registration fires once: a cancellation just before the cursor was armed would be missed.
        if (cancellationToken.IsCancellationRequested)
        {
            Cancel();
        }

        return new ValueTask<TailSignal>(this, _source.Version);
    }

    public void Poke() => tail.Disarm(this, TailSignal.Quiet);

    public void Dispose()
    {
        _registration.Dispose();
        tail.Remove(this);
    }

    internal void Complete(TailSignal signal) => _source.SetResult(signal);

    private void Cancel() => tail.Disarm(this, TailSignal.Cancelled);

    TailSignal IValueTaskSource<TailSignal>.GetResult(short token)
    {
        var signal = _source.GetResult(token);
        return signal == TailSignal.Cancelled ? throw new OperationCanceledException() : signal;
    }

    ValueTaskSourceStatus IValueTaskSource<TailSignal>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<TailSignal>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
