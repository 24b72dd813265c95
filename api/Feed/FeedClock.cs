using Orchestrator.Engine.Hosting;

namespace Orchestrator.Api.Feed;

/// <summary>The moments at which feeds look, the same for all of them; it stands still while there are none. Thread-safe.</summary>
internal sealed class FeedClock(IOperations operations, TimeProvider clock) : IDisposable
{
    /// <summary>Four times a second is as good as at once to who looks at it.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <summary>Progress (sequence numbers, tokens) is told every so many periods: a thousand busy runs are a thousand changes a second.</summary>
    private const int WholeEvery = 4;

    private readonly Lock _lock = new();
    private TaskCompletionSource<FeedTick> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;
    private Task _heard = Task.CompletedTask;
    private int _watching;
    private int _count;

    public void Enter()
    {
        lock (_lock)
        {
            _watching++;
            if (_timer is null)
            {
                _heard = operations.HearAsync(isWhole: true, CancellationToken.None);
                _timer = clock.CreateTimer(static self => ((FeedClock)self!).Tick(), this, Period, Period);
            }
        }
    }

    /// <summary>Completes when the other hosts have been heard for the first time since somebody watches, as far as they answer.</summary>
    public Task HeardAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _heard.WaitAsync(cancellationToken);
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_watching == 0)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    public Task<FeedTick> NextAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _next.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Tick()
    {
        TaskCompletionSource<FeedTick> reached;
        bool isWhole;
        lock (_lock)
        {
            isWhole = _count++ % WholeEvery == 0;
            reached = _next;
            _next = new TaskCompletionSource<FeedTick>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // What the other hosts tell is for the next moment: one that is slow must not hold this one up.
        _ = operations.HearAsync(isWhole, CancellationToken.None);
        if (isWhole)
        {
            operations.Changes.Refresh();
        }

        reached.SetResult(new FeedTick(isWhole));
    }
}
