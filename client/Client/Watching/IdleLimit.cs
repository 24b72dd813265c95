namespace Orchestrator.Client;

/// <summary>Cancels what waits longer than a limit. The clock runs only between <see cref="Arm"/> and <see cref="Disarm"/>,
/// so that a slow consumer is not mistaken for a silent service.</summary>
internal sealed class IdleLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;

    public IdleLimit(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(static state => ((IdleLimit)state!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the limit has passed, or by the caller.</summary>
    public CancellationToken Token => _source.Token;

    public bool Expired { get; private set; }

    public void Arm() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    public void Disarm() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Expire()
    {
        Expired = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The timer fired while the connection was being closed: nobody waits any more.
        }
    }
}
