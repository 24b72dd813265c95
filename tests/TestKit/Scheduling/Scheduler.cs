namespace Orchestrator.TestKit.Scheduling;

/// <summary>
/// Runs asynchronous code on one thread, in an order that depends on the seed alone: nothing else decides who goes next. Whatever is
/// queued from another thread has escaped, and is told.
/// </summary>
public sealed class Scheduler(Random random)
{
    private const int MostAtOnce = 200_000;

    private readonly List<Lane> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile string? _escaped;

    /// <summary>Work items run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Where code was found to run outside of the scheduler's thread; null where none did.</summary>
    public string? Escaped => _escaped;

    public Lane AddLane(string name) => new(this, name);

    /// <summary>Runs until nothing is left to do now.</summary>
    /// <exception cref="TimeoutException">There is no end to it.</exception>
    public void RunReady()
    {
        var limit = Steps + MostAtOnce;
        var before = SynchronizationContext.Current;
        try
        {
            while (_ready.Count > 0)
            {
                if (++Steps > limit)
                {
                    throw new TimeoutException($"{MostAtOnce} work items at one moment, and more to do.");
                }

                var lane = _ready[_ready.Count == 1 ? 0 : random.Next(_ready.Count)];
                var (callback, state) = lane.Take(random);
                SynchronizationContext.SetSynchronizationContext(lane);
                callback(state);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    internal bool IsOwnThread(string lane)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            return true;
        }

        _escaped ??= $"{lane}: {Environment.StackTrace}";
        return false;
    }

    internal void SetReady(Lane lane, bool ready)
    {
        if (ready)
        {
            _ready.Add(lane);
        }
        else
        {
            _ready.Remove(lane);
        }
    }
}
