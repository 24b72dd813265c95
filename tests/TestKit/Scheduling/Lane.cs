namespace Orchestrator.TestKit.Scheduling;

/// <summary>
/// What belongs together and dies together: a process. Its code runs only while it is neither suspended nor dropped.
/// </summary>
public sealed class Lane : SynchronizationContext
{
    private readonly Scheduler _scheduler;
    private readonly string _name;
    private readonly List<(SendOrPostCallback Callback, object? State)> _queue = [];
    private bool _suspended;
    private bool _ready;

    internal Lane(Scheduler scheduler, string name)
    {
        _scheduler = scheduler;
        _name = name;
    }

    public bool IsDropped { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_scheduler.IsOwnThread(_name) && !IsDropped)
        {
            _queue.Add((d, state));
            Update();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing in a simulation may wait for something else to run.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Starts something in this lane.</summary>
    public Task<T> Run<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>();
        Post(static state => _ = ((Func<Task>)state!)(), (Func<Task>)RunAsync);
        return done.Task;

        async Task RunAsync()
        {
            try
            {
                done.TrySetResult(await work());
            }
            catch (OperationCanceledException cancelled)
            {
                done.TrySetCanceled(cancelled.CancellationToken);
            }
            catch (Exception failure)
            {
                done.TrySetException(failure);
            }
        }
    }

    public Task Run(Func<Task> work) => Run(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Nothing of it runs until <see cref="Resume"/>; what is queued meanwhile runs then.</summary>
    public void Suspend()
    {
        _suspended = true;
        Update();
    }

    public void Resume()
    {
        _suspended = false;
        Update();
    }

    /// <summary>Nothing of it ever runs again.</summary>
    public void Drop()
    {
        IsDropped = true;
        _queue.Clear();
        Update();
    }

    /// <summary>Mostly in order, sometimes not: a pool of threads gives no order either.</summary>
    internal (SendOrPostCallback Callback, object? State) Take(Random random)
    {
        var index = _queue.Count == 1 || random.Next(4) != 0 ? 0 : random.Next(_queue.Count);
        var item = _queue[index];
        _queue.RemoveAt(index);
        Update();
        return item;
    }

    private void Update()
    {
        var ready = !_suspended && _queue.Count > 0;
        if (ready != _ready)
        {
            _ready = ready;
            _scheduler.SetReady(this, ready);
        }
    }
}
