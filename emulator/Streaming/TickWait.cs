using System.Threading.Tasks.Sources;

namespace Orchestrator.Emulator.Streaming;

/// <summary>
/// One stream's wait for the clock, used again for every event. It also ends when the reader goes away: the caller looks at the
/// token afterwards. Continuations run where it is completed, on the ticker's thread as a rule.
/// </summary>
internal sealed class TickWait : IValueTaskSource, IDisposable
{
    private readonly Ticker _ticker;
    private readonly CancellationToken _gone;
    private readonly CancellationTokenRegistration _registration;
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _armed;

    public TickWait(Ticker ticker, CancellationToken gone)
    {
        _ticker = ticker;
        _gone = gone;
        _registration = gone.UnsafeRegister(static state => ((TickWait)state!).Complete(), this);
    }

    public ValueTask UntilAsync(long due)
    {
        Arm();
        _ticker.Add(this, due);
        return Wait();
    }

    /// <summary>Until the reader goes away.</summary>
    public ValueTask UntilGoneAsync()
    {
        Arm();
        return Wait();
    }

    /// <summary>Ends the wait, if it is being waited for.</summary>
    public void Complete()
    {
        if (Interlocked.Exchange(ref _armed, 0) == 1)
        {
            _core.SetResult(true);
        }
    }

    public void Dispose() => _registration.Dispose();

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Arm()
    {
        _core.Reset();
        Volatile.Write(ref _armed, 1);
    }

    private ValueTask Wait()
    {
        ValueTask wait = new(this, _core.Version);
        if (_gone.IsCancellationRequested)
        {
            // The token may have fired between two waits, when there was nothing to end.
            Complete();
        }

        return wait;
    }
}
