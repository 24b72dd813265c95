using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// Ends a connection that stays silent too long. One timer a connection, moved on only when it fires: an event costs no more than a
/// clock reading.
/// </summary>
internal sealed class ConnectionWatch : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly long _deadline;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private long _idleMs;
    private long _lastActivity;
    private volatile bool _held;
    private volatile bool _idle;

    /// <param name="clock">Of the engine.</param>
    /// <param name="idleMs">The silence that is allowed from now on.</param>
    /// <param name="deadline">Unix milliseconds; the connection ends then whatever it does.</param>
    /// <param name="interrupt">Ends it from outside.</param>
    public ConnectionWatch(TimeProvider clock, long idleMs, long deadline, CancellationToken interrupt)
    {
        _clock = clock;
        _deadline = deadline;
        _idleMs = Math.Max(1, idleMs);
        _lastActivity = Now();
        _source = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        _timer = clock.CreateTimer(static watch => ((ConnectionWatch)watch!).Check(), this, DueIn(), Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>What the end of the connection means, where it was this watch that ended it; null where it was not.</summary>
    public ConnectionEnd? Expired => _idle ? new ConnectionEnd.Broken(DetachReasons.Idle, "no event within the idle timeout") : null;

    /// <summary>Something arrived.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Touch(long now) => Volatile.Write(ref _lastActivity, now);

    /// <summary>From here to <see cref="Release"/> it is the journal that nothing moves for, not the upstream that is silent.</summary>
    public void Hold() => _held = true;

    public void Release(long now)
    {
        Touch(now);
        _held = false;
    }

    public void Allow(long idleMs, long now)
    {
        Volatile.Write(ref _idleMs, idleMs);
        Touch(now);
        _timer.Change(DueIn(), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Breaks off a read that nobody needs any more.</summary>
    public void Abandon() => _source.Cancel();

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Check()
    {
        if (_held)
        {
            Touch(Now());
        }

        if (DueIn() > TimeSpan.Zero)
        {
            _timer.Change(DueIn(), Timeout.InfiniteTimeSpan);
            return;
        }

        _idle = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended by itself while the timer fired.
        }
    }

    private TimeSpan DueIn()
    {
        var due = Math.Min(Volatile.Read(ref _lastActivity) + Volatile.Read(ref _idleMs), _deadline);
        return TimeSpan.FromMilliseconds(Math.Max(0, due - Now()));
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
